package io.hodei.external.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which hosts this node leaves alone for a while: one that gave no answer {@value #MOST_FAILURES}
 * times in a row is not called for {@link #OPEN}; then one more failure is enough. Keeps slots for
 * hosts that answer. Safe for threads.
 */
final class Circuits {
  static final int MOST_FAILURES = 5;
  static final Duration OPEN = Duration.ofSeconds(10);
  private static final int MOST_HOSTS = 10_000;

  private final LongSupplier nanoTime;
  private final Cache<String, Circuit> circuits =
      Caffeine.newBuilder().maximumSize(MOST_HOSTS).build();

  Circuits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How long the host is still left alone; zero when it may be called. */
  Duration closedFor(String host) {
    Circuit circuit = circuits.getIfPresent(host);
    long left = circuit == null ? 0 : circuit.openUntil - nanoTime.getAsLong();
    return circuit == null || circuit.failures < MOST_FAILURES || left <= 0
        ? Duration.ZERO
        : Duration.ofNanos(left);
  }

  void answered(String host) {
    circuits.invalidate(host);
  }

  void failed(String host) {
    circuits
        .asMap()
        .merge(
            host,
            new Circuit(1, nanoTime.getAsLong()),
            (before, first) ->
                new Circuit(
                    Math.min(MOST_FAILURES, before.failures + 1),
                    nanoTime.getAsLong() + OPEN.toNanos()));
  }

  private record Circuit(int failures, long openUntil) {}
}
