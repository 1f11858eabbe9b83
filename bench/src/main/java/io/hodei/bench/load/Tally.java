package io.hodei.bench.load;

import java.util.ArrayList;
import java.util.List;

/** What a load that is under way has brought so far. */
final class Tally<T> {
  private final long began = System.nanoTime();
  private final List<Long> latencies = new ArrayList<>();
  private final List<T> answers = new ArrayList<>();

  long began() {
    return began;
  }

  void took(long nanos) {
    latencies.add(nanos);
  }

  void add(T answer) {
    answers.add(answer);
  }

  Load<T> load() {
    return new Load<>(System.nanoTime() - began, Latencies.of(latencies), answers);
  }
}
