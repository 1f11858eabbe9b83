package io.hodei.jobs.entity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that a session holds.
 *
 * @param grace what its cancel says instead of the spec's grace; null: nothing
 */
public record HeldAttempt(
    long sessionId, long jobId, int epoch, JobState state, @Nullable Duration grace) {
  public HeldAttempt(long sessionId, long jobId, int epoch, JobState state) {
    this(sessionId, jobId, epoch, state, null);
  }
}
