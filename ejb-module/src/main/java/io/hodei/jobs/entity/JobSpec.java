package io.hodei.jobs.entity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to execute. Immutable; stored once per content and shared by all jobs that have the same.
 *
 * @param executor {@code process}, {@code noop} or {@code container} for agents; {@code http} or
 *     {@code cloud-run} for the servers themselves
 * @param command argv; empty when {@code shell} is given
 * @param shell a script for {@code sh -c}
 * @param stdin bytes for standard input; empty when there are none
 * @param killGrace time between TERM and KILL
 * @param logLimitBytes bytes kept of each stream; 0: no limit
 * @param external what the servers execute; null for agents
 */
public record JobSpec(
    String executor,
    List<String> command,
    @Nullable String shell,
    Map<String, String> environment,
    byte[] stdin,
    @Nullable String workingDirectory,
    @Nullable String image,
    Duration killGrace,
    Timeouts timeouts,
    RetryPolicy retry,
    long logLimitBytes,
    @Nullable ExternalSpec external) {
  /** What an agent executes. */
  public JobSpec(
      String executor,
      List<String> command,
      @Nullable String shell,
      Map<String, String> environment,
      byte[] stdin,
      @Nullable String workingDirectory,
      @Nullable String image,
      Duration killGrace,
      Timeouts timeouts,
      RetryPolicy retry,
      long logLimitBytes) {
    this(
        executor,
        command,
        shell,
        environment,
        stdin,
        workingDirectory,
        image,
        killGrace,
        timeouts,
        retry,
        logLimitBytes,
        null);
  }
}
