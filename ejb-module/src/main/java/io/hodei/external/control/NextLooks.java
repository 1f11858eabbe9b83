package io.hodei.external.control;

import java.time.Duration;
import java.util.TreeSet;

/**
 * When this node knows that something becomes due. A hint: what other nodes put off, and what is
 * forgotten here, is found by polling. Safe for threads.
 */
final class NextLooks {
  /** Times are rounded up to this, so that looks come together. */
  private static final long STEP = Duration.ofMillis(50).toNanos();

  private static final int MOST = 10_000;

  /** Steps from the start of this object. */
  private final TreeSet<Long> steps = new TreeSet<>();

  private final long zero;

  NextLooks(long now) {
    this.zero = now;
  }

  synchronized void add(long now, Duration delay) {
    if (steps.size() < MOST && delay.compareTo(Duration.ofDays(1)) < 0) {
      steps.add((now - zero + delay.toNanos()) / STEP + 1);
    }
  }

  /** Whether something has become due; forgets it. */
  synchronized boolean passed(long now) {
    boolean passed = false;
    while (!steps.isEmpty() && steps.first() * STEP <= now - zero) {
      steps.pollFirst();
      passed = true;
    }
    return passed;
  }

  /** How long nothing becomes due, at most as long as this. */
  synchronized Duration quiet(long now, Duration most) {
    if (steps.isEmpty()) {
      return most;
    }
    Duration first = Duration.ofNanos(Math.max(1_000_000, steps.first() * STEP - (now - zero)));
    return first.compareTo(most) < 0 ? first : most;
  }
}
