package io.hodei.jobs.control;

import io.hodei.jobs.entity.RetryPolicy;
import java.time.Duration;

/**
 * How long a failed job waits for its next try: {@code min(growth, maxDelay)}, of which {@code
 * jitter} is random.
 */
final class RetryDelay {
  private RetryDelay() {}

  /**
   * The delay.
   *
   * @param failures failures so far, at least 1
   * @param random 0..1
   */
  static Duration of(RetryPolicy policy, int failures, double random) {
    double seconds = policy.delay().toNanos() / 1e9;
    double grown =
        switch (policy.backoff()) {
          case FIXED -> seconds;
          case LINEAR -> seconds * failures;
          case EXPONENTIAL -> seconds * Math.pow(2, Math.min(failures - 1, 60));
        };
    double capped = Math.min(grown, policy.maxDelay().toNanos() / 1e9);
    double jittered = capped * (1 - policy.jitter() * random);
    return Duration.ofNanos(Math.round(jittered * 1e6) * 1000);
  }
}
