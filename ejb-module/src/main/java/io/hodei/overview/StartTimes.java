package io.hodei.overview;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long jobs waited for their start, counted in steps: step {@code b} ends at {@code 2^(b/2)}
 * milliseconds, so a percentile is right within a sixth.
 */
final class StartTimes {
  private static final int STEPS = 64;

  private final long[] jobs = new long[STEPS];

  void add(int step, long count) {
    jobs[step] += count;
  }

  long count() {
    return Arrays.stream(jobs).sum();
  }

  /** So many of a hundred waited no longer. Zero when nobody is known to have waited. */
  Duration percentile(int percent) {
    long wanted = Math.max(1, (count() * percent + 99) / 100);
    long sofar = 0;
    for (int step = 0; step < STEPS; step++) {
      if (jobs[step] > 0 && sofar + jobs[step] >= wanted) {
        double part = (double) (wanted - sofar) / jobs[step];
        double from = step == 0 ? 0 : end(step - 1);
        return Duration.ofNanos((long) ((from + (end(step) - from) * part) * 1e6));
      }
      sofar += jobs[step];
    }
    return Duration.ZERO;
  }

  private static double end(int step) {
    return Math.pow(2, step / 2.0);
  }
}
