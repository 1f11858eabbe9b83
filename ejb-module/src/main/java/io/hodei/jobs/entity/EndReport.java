package io.hodei.jobs.entity;

/**
 * How an attempt ended, as its agent reports it.
 *
 * @param begun whether its start is reported with its end; the start of others was reported before
 * @param exitCode valid for EXITED without a signal
 * @param signal 0 for none
 * @param result JSON text, or empty
 */
public record EndReport(
    long jobId,
    int epoch,
    boolean begun,
    Outcome outcome,
    int exitCode,
    int signal,
    String reason,
    long cpuMicros,
    long peakMemoryBytes,
    boolean treeEnded,
    String result) {
  /** The ways an attempt can end. */
  public enum Outcome {
    EXITED,
    RUN_TIMEOUT,
    CANCELLED,
    LAUNCH_FAILED,
    /** The agent died or lost its lease: infrastructure, spends no retry. */
    AGENT_LOST
  }

  public boolean succeeded() {
    return outcome == Outcome.EXITED && exitCode == 0 && signal == 0;
  }
}
