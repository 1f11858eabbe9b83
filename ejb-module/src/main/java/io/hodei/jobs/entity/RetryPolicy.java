package io.hodei.jobs.entity;

import java.time.Duration;
import java.util.List;

/**
 * Whether and when a failed attempt is followed by another.
 *
 * @param maxAttempts attempts that may fail, 1..1000; 1 means no retry
 * @param jitter 0..1, the part of the delay that is random
 * @param onExitCodes exit codes that are retried; empty: every failure
 */
public record RetryPolicy(
    int maxAttempts,
    Backoff backoff,
    Duration delay,
    Duration maxDelay,
    double jitter,
    List<Integer> onExitCodes) {
  public static final RetryPolicy NONE =
      new RetryPolicy(
          1, Backoff.EXPONENTIAL, Duration.ofSeconds(1), Duration.ofMinutes(5), 0.1, List.of());

  /** How the delay grows with the number of failures. */
  public enum Backoff {
    FIXED,
    LINEAR,
    EXPONENTIAL
  }
}
