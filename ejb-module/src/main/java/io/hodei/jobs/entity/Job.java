package io.hodei.jobs.entity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was at one moment; what the API shows.
 *
 * @param epoch number of its newest attempt, 0 before the first
 * @param failures attempts that failed by themselves
 * @param losses attempts lost with their agent
 * @param result JSON text the job wrote, when it did
 * @param runId the run it is a task of
 * @param step the step of that run: its id, or {@code id[instance]}
 * @param version changes with every transition and edit; the entity tag
 */
public record Job(
    long id,
    long tenantId,
    String name,
    JobState state,
    String pool,
    Map<String, String> requires,
    Priority priority,
    Map<String, String> labels,
    JobSpec spec,
    int epoch,
    int failures,
    int losses,
    int version,
    Instant availableAt,
    Instant createdAt,
    @Nullable Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Long agentId,
    @Nullable String agentName,
    @Nullable Integer exitCode,
    @Nullable Integer signal,
    @Nullable String reason,
    @Nullable String result,
    @Nullable Long retryOf,
    @Nullable Long replayedAs,
    @Nullable Long runId,
    @Nullable String step) {
  /**
   * Whether nothing of it can change any more: it has ended, and is no dead letter that could be
   * replayed.
   */
  public boolean isSettled() {
    boolean deadLetter =
        state == JobState.FAILED || state == JobState.TIMED_OUT || state == JobState.EXPIRED;
    return state.isTerminal() && (!deadLetter || replayedAs != null);
  }
}
