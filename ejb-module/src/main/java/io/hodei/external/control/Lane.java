package io.hodei.external.control;

import io.hodei.external.entity.ExternalTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tasks that wait for one kind of call, and how many are called at the same time. Those of
 * different tenants and hosts take turns, so that nobody's slow host stands in front of all. Safe
 * for threads.
 */
final class Lane {
  private final Map<String, Deque<Waiting>> waiting = new LinkedHashMap<>();
  private int size;
  private int inFlight;
  private final Map<String, Integer> inFlightOf = new HashMap<>();

  /**
   * A task that waits.
   *
   * @param since {@link System#nanoTime}
   */
  record Waiting(ExternalTask task, long since) {
    String executor() {
      return task.spec().executor();
    }
  }

  /** Adds a task behind the others of its kin (tenant and host). */
  synchronized void add(String kin, ExternalTask task, long now) {
    waiting.computeIfAbsent(kin, key -> new ArrayDeque<>()).add(new Waiting(task, now));
    size++;
  }

  /** The next task to call for; it is in flight until {@link #landed}. */
  synchronized Optional<Waiting> next(int bound) {
    if (size == 0 || inFlight >= bound) {
      return Optional.empty();
    }
    var first = waiting.entrySet().iterator().next();
    waiting.remove(first.getKey());
    Waiting next = first.getValue().remove();
    if (!first.getValue().isEmpty()) {
      waiting.put(first.getKey(), first.getValue());
    }
    size--;
    inFlight++;
    inFlightOf.merge(next.executor(), 1, Integer::sum);
    return Optional.of(next);
  }

  synchronized void landed(Waiting called) {
    inFlight--;
    inFlightOf.merge(called.executor(), -1, Integer::sum);
  }

  synchronized int waiting() {
    return size;
  }

  synchronized int inFlight() {
    return inFlight;
  }

  /** Those of one executor. */
  synchronized int inFlight(String executor) {
    return inFlightOf.getOrDefault(executor, 0);
  }

  /** Lets go of all that waits. */
  synchronized void clear() {
    waiting.clear();
    size = 0;
  }
}
