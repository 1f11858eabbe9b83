package io.hodei.bench.load;

import java.util.List;

/**
 * What a stretch of load brought.
 *
 * @param nanos from the first request to the last answer
 * @param answers what the requests said, in no order
 */
public record Load<T>(long nanos, Latencies latencies, List<T> answers) {
  public double perSecond() {
    return latencies.count() * 1e9 / nanos;
  }
}
