package io.hodei.jobs.control;

import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.EndReport.Outcome;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.RetryPolicy;
import java.time.Duration;

/**
 * What becomes of a job whose attempt ended.
 *
 * @param attempt how the attempt stands in the history
 * @param failed whether it counts as a failure of the job
 * @param lost whether it counts as lost with its agent
 * @param delay until the next try, for SCHEDULED
 */
record EndDecision(
    JobState next, String attempt, boolean failed, boolean lost, Duration delay, String reason) {
  /**
   * What the database knows of the job.
   *
   * @param overdue whether its total timeout has passed
   */
  record Facts(
      int failures, int losses, boolean cancelRequested, boolean overdue, RetryPolicy retry) {}

  /** Success needs no facts: it wins over a cancel that came too late. */
  static EndDecision success(EndReport report) {
    return new EndDecision(
        JobState.SUCCEEDED, "SUCCEEDED", false, false, Duration.ZERO, report.reason());
  }

  /**
   * Decides.
   *
   * @param random 0..1, for the jitter
   */
  static EndDecision of(EndReport report, Facts facts, int maxLosses, double random) {
    if (report.succeeded()) {
      return success(report);
    }
    JobState stopped = facts.overdue() ? JobState.TIMED_OUT : JobState.CANCELLED;
    if (report.outcome() == Outcome.AGENT_LOST) {
      return lost(report, facts, maxLosses, stopped);
    }
    if (facts.cancelRequested() || report.outcome() == Outcome.CANCELLED) {
      String reason =
          report.reason().isEmpty()
              ? (facts.overdue() ? "It did not end within its total timeout." : "cancelled")
              : report.reason();
      return new EndDecision(stopped, stopped.name(), false, false, Duration.ZERO, reason);
    }
    boolean timedOut = report.outcome() == Outcome.RUN_TIMEOUT;
    JobState end = timedOut ? JobState.TIMED_OUT : JobState.FAILED;
    if (!mayRetry(report, facts)) {
      return new EndDecision(end, end.name(), true, false, Duration.ZERO, report.reason());
    }
    Duration delay = RetryDelay.of(facts.retry(), facts.failures() + 1, random);
    return new EndDecision(
        delay.isZero() ? JobState.QUEUED : JobState.SCHEDULED,
        end.name(),
        true,
        false,
        delay,
        report.reason());
  }

  private static EndDecision lost(EndReport report, Facts facts, int maxLosses, JobState stopped) {
    if (facts.cancelRequested()) {
      return new EndDecision(stopped, "LOST", false, true, Duration.ZERO, report.reason());
    }
    if (facts.losses() + 1 >= maxLosses) {
      String reason =
          "Its agent was lost %d times while it ran; it is kept from other agents. Look for what it does to its host, then retry it."
              .formatted(facts.losses() + 1);
      return new EndDecision(JobState.FAILED, "LOST", false, true, Duration.ZERO, reason);
    }
    return new EndDecision(JobState.QUEUED, "LOST", false, true, Duration.ZERO, report.reason());
  }

  private static boolean mayRetry(EndReport report, Facts facts) {
    RetryPolicy retry = facts.retry();
    boolean codeFits =
        retry.onExitCodes().isEmpty()
            || (report.outcome() == Outcome.EXITED
                && report.signal() == 0
                && retry.onExitCodes().contains(report.exitCode()));
    return codeFits && facts.failures() + 1 < retry.maxAttempts();
  }
}
