package io.hodei.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.jobs.control.EndDecision.Facts;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.EndReport.Outcome;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.RetryPolicy.Backoff;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndDecisionTest {
  private static final int MAX_LOSSES = 3;

  @Test
  void exit_code_zero_succeeds_even_when_a_cancel_came_too_late() {
    assertThat(decide(exited(0), facts(0, 0, true, RetryPolicy.NONE)).next())
        .isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void a_failure_without_retries_fails_the_job_and_counts() {
    EndDecision decision = decide(exited(7), facts(0, 0, false, RetryPolicy.NONE));
    assertThat(decision.next()).isEqualTo(JobState.FAILED);
    assertThat(decision.failed()).isTrue();
  }

  @Test
  void a_failure_with_a_retry_left_waits_for_its_backoff() {
    EndDecision decision = decide(exited(1), facts(0, 0, false, retry(3)));
    assertThat(decision.next()).isEqualTo(JobState.SCHEDULED);
    assertThat(decision.attempt()).isEqualTo("FAILED");
    assertThat(decision.delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void the_last_allowed_attempt_is_the_last() {
    assertThat(decide(exited(1), facts(1, 0, false, retry(3))).next())
        .isEqualTo(JobState.SCHEDULED);
    assertThat(decide(exited(1), facts(2, 0, false, retry(3))).next()).isEqualTo(JobState.FAILED);
  }

  @Test
  void only_the_listed_exit_codes_are_retried() {
    RetryPolicy policy =
        new RetryPolicy(
            5, Backoff.FIXED, Duration.ofSeconds(1), Duration.ofMinutes(1), 0, List.of(75));
    assertThat(decide(exited(75), facts(0, 0, false, policy)).next()).isEqualTo(JobState.SCHEDULED);
    assertThat(decide(exited(1), facts(0, 0, false, policy)).next()).isEqualTo(JobState.FAILED);
    assertThat(decide(report(Outcome.EXITED, 0, 9), facts(0, 0, false, policy)).next())
        .isEqualTo(JobState.FAILED);
  }

  @Test
  void a_lost_agent_spends_no_retry() {
    EndDecision decision =
        decide(report(Outcome.AGENT_LOST, 0, 0), facts(0, 0, false, RetryPolicy.NONE));
    assertThat(decision.next()).isEqualTo(JobState.QUEUED);
    assertThat(decision.failed()).isFalse();
    assertThat(decision.attempt()).isEqualTo("LOST");
  }

  @Test
  void a_job_that_keeps_losing_its_agents_is_failed_as_poison() {
    EndDecision decision =
        decide(report(Outcome.AGENT_LOST, 0, 0), facts(0, MAX_LOSSES - 1, false, retry(9)));
    assertThat(decision.next()).isEqualTo(JobState.FAILED);
    assertThat(decision.reason()).contains("lost 3 times");
  }

  @Test
  void a_cancelled_job_that_loses_its_agent_is_not_run_again() {
    assertThat(decide(report(Outcome.AGENT_LOST, 0, 0), facts(0, 0, true, retry(9))).next())
        .isEqualTo(JobState.CANCELLED);
  }

  @Test
  void what_was_stopped_for_its_total_timeout_has_timed_out() {
    Facts overdue = new Facts(0, 0, true, true, retry(9));
    assertThat(decide(report(Outcome.CANCELLED, 0, 0), overdue).next())
        .isEqualTo(JobState.TIMED_OUT);
  }

  @Test
  void a_run_timeout_is_retried_like_a_failure() {
    assertThat(decide(report(Outcome.RUN_TIMEOUT, 0, 0), facts(0, 0, false, retry(2))).next())
        .isEqualTo(JobState.SCHEDULED);
    assertThat(decide(report(Outcome.RUN_TIMEOUT, 0, 0), facts(1, 0, false, retry(2))).next())
        .isEqualTo(JobState.TIMED_OUT);
  }

  private static EndDecision decide(EndReport report, Facts facts) {
    return EndDecision.of(report, facts, MAX_LOSSES, 0);
  }

  private static EndReport exited(int code) {
    return report(Outcome.EXITED, code, 0);
  }

  private static EndReport report(Outcome outcome, int code, int signal) {
    return new EndReport(1, 1, false, outcome, code, signal, "", -1, -1, true, "");
  }

  private static Facts facts(int failures, int losses, boolean cancel, RetryPolicy policy) {
    return new Facts(failures, losses, cancel, false, policy);
  }

  private static RetryPolicy retry(int attempts) {
    return new RetryPolicy(
        attempts, Backoff.FIXED, Duration.ofSeconds(1), Duration.ofMinutes(1), 0, List.of());
  }
}
