package io.hodei.bench.load;

import java.util.Arrays;
import java.util.Collection;

/**
 * Durations in nanoseconds, in order. Exact percentiles: nothing is put into buckets.
 *
 * @param sorted ascending; may be empty
 */
public record Latencies(long[] sorted) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Sorts a copy. */
  public static Latencies of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  public static Latencies of(Collection<Long> nanos) {
    return of(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  public int count() {
    return sorted.length;
  }

  /**
   * The smallest duration that at least this share of all does not exceed (nearest rank), in
   * milliseconds.
   *
   * @param share in (0, 1]
   */
  public double millis(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
