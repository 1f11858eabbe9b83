package io.hodei.external.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Found;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.jobs.entity.EndReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes and one database: who works on what, and whose word counts. */
class ExternalWorkTest {
  private static final ExternalStage STAGE = new ExternalStage();
  private static final long ONE = 1001;
  private static final long TWO = 1002;
  private static final Outcome.Ended SUCCESS =
      new Outcome.Ended(EndReport.Outcome.EXITED, 0, "", new byte[] {'o', 'k'}, 0, "a\n", "{}");

  @BeforeEach
  void empty() {
    STAGE.empty();
    STAGE.node(ONE);
    STAGE.node(TWO);
  }

  @Test
  void a_ready_job_is_claimed_once_and_carries_its_pipeline() {
    long job = STAGE.job("default", 15);
    STAGE.ofRun(job, "nightly", 3);

    Found found = STAGE.fetch(ONE, 10, 10);
    assertThat(found.ready()).hasSize(1);
    assertThat(found.ready().getFirst().pipeline()).isEqualTo("nightly@3");
    List<ExternalTask> mine = STAGE.claim(ONE, found);
    List<ExternalTask> others = STAGE.claim(TWO, found);

    assertThat(mine).extracting(ExternalTask::jobId).containsExactly(job);
    assertThat(others).isEmpty();
    assertThat(STAGE.state(job)).isEqualTo("LEASED");
    assertThat(STAGE.fetch(TWO, 10, 10).due()).isEmpty();
  }

  @Test
  void an_end_is_written_like_that_of_an_agent() {
    ExternalTask task = STAGE.claimed(ONE);

    STAGE.write(new Done(task, SUCCESS));

    assertThat(STAGE.state(task.jobId())).isEqualTo("SUCCEEDED");
    assertThat(STAGE.text("select state from attempts")).isEqualTo("SUCCEEDED");
    assertThat(STAGE.text("select phase from external_executions")).isEqualTo("ENDED");
    assertThat(
            STAGE.text(
                "select string_agg(convert_from(data, 'UTF8'), '|' order by sequence) from"
                    + " log_chunks"))
        .isEqualTo("a\n|ok");
    assertThat(STAGE.text("select state from attempt_logs")).isEqualTo("COMPLETE");
  }

  @Test
  void what_runs_is_due_again_at_its_time_and_at_its_deadline() {
    ExternalTask task = STAGE.claimed(ONE);
    STAGE.write(new Done(task, new Outcome.Running("http://x/1", null, Duration.ofHours(1))));
    assertThat(STAGE.state(task.jobId())).isEqualTo("RUNNING");
    assertThat(STAGE.fetch(TWO, 10, 10).due()).isEmpty();

    STAGE.later(Duration.ofMinutes(61));

    ExternalTask seen = STAGE.fetch(TWO, 10, 10).due().getFirst();
    assertThat(seen.executionName()).isEqualTo("http://x/1");
    assertThat(seen.phase()).isEqualTo(Phase.RUNNING);
    assertThat(seen.overdue()).isFalse();
    assertThat(STAGE.fetch(ONE, 10, 10).due()).as("taken by the other").isEmpty();
  }

  @Test
  void the_run_timeout_makes_it_due_and_overdue() {
    ExternalTask task = STAGE.claimed(ONE, "\"timeouts\":{\"run\":2000000},");
    STAGE.write(new Done(task, new Outcome.Running("http://x/1", null, Duration.ofHours(1))));

    STAGE.later(Duration.ofSeconds(3));

    assertThat(STAGE.fetch(TWO, 10, 10).due().getFirst().overdue()).isTrue();
  }

  @Test
  void what_a_dead_node_held_is_taken_over_and_its_late_word_changes_nothing() {
    ExternalTask task = STAGE.claimed(ONE);
    assertThat(STAGE.adopt()).isZero();
    STAGE.nodeIsGone(ONE);

    assertThat(STAGE.adopt()).isEqualTo(1);
    ExternalTask taken = STAGE.fetch(TWO, 10, 10).due().getFirst();
    assertThat(taken.key()).isEqualTo(task.key());
    assertThat(taken.looks()).isEqualTo(2);
    STAGE.write(new Done(task, Outcome.failed("the late word of the first")));
    assertThat(STAGE.state(task.jobId())).isEqualTo("LEASED");
    STAGE.write(new Done(task, new Outcome.Running("late", null, Duration.ZERO)));
    assertThat(STAGE.state(task.jobId())).isEqualTo("LEASED");
    STAGE.write(new Done(taken, SUCCESS));

    assertThat(STAGE.state(task.jobId())).isEqualTo("SUCCEEDED");
    STAGE.write(new Done(task, SUCCESS));
    assertThat(STAGE.text("select cast(count(*) as text) from attempts")).isEqualTo("1");
  }

  @Test
  void being_put_off_costs_no_attempt_and_counts_the_time() {
    ExternalTask task = STAGE.claimed(ONE);
    STAGE.write(new Done(task, new Outcome.PutOff(Duration.ofSeconds(4), "x answered 429")));
    STAGE.later(Duration.ofSeconds(5));

    ExternalTask again = STAGE.fetch(ONE, 10, 10).due().getFirst();

    assertThat(again.epoch()).isEqualTo(1);
    assertThat(again.phase()).isEqualTo(Phase.STARTING);
    assertThat(again.putOff()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
    STAGE.write(new Done(again, new Outcome.Running("n", null, Duration.ZERO)));
    assertThat(STAGE.fetch(ONE, 10, 10).due().getFirst().putOff()).isZero();
  }

  @Test
  void a_cancel_takes_it_from_whoever_works_on_it() {
    ExternalTask task = STAGE.claimed(ONE);
    STAGE.write(new Done(task, new Outcome.Running("n", "t", Duration.ofHours(1))));
    STAGE.cancelRequested(task.jobId());

    assertThat(STAGE.cancel()).hasSize(1);
    assertThat(STAGE.cancel()).isEmpty();
    ExternalTask cancelling = STAGE.fetch(TWO, 10, 10).due().getFirst();

    assertThat(cancelling.phase()).isEqualTo(Phase.CANCELLING);
    assertThat(cancelling.cancelTarget()).isEqualTo("t");
    STAGE.write(new Done(cancelling, Outcome.ended(EndReport.Outcome.CANCELLED, "")));
    assertThat(STAGE.state(task.jobId())).isEqualTo("CANCELLED");
  }

  @Test
  void a_job_that_is_gone_is_looked_at_no_more() {
    ExternalTask task = STAGE.claimed(ONE);
    STAGE.write(new Done(task, new Outcome.Running("n", null, Duration.ZERO)));
    STAGE.execute(
        "update jobs set state = 'QUEUED', session_id = null, version = version + 1 where id = "
            + task.jobId());

    ExternalTask lost = STAGE.fetch(ONE, 0, 10).due().getFirst();
    assertThat(lost.held()).isFalse();
    STAGE.write(new Done(lost, new Outcome.PutOff(Duration.ZERO, "gone")));

    assertThat(STAGE.text("select phase from external_executions")).isEqualTo("ENDED");
  }

  @Test
  void queues_and_lanes_share_by_turns_and_weight() {
    for (int i = 0; i < 20; i++) {
      STAGE.job("busy", 25);
      STAGE.job("busy", 15);
      STAGE.job("busy", 5);
    }
    long alone = STAGE.job("quiet", 15);

    List<Long> ready = STAGE.fetch(ONE, 12, 10).ready().stream().map(task -> task.jobId()).toList();

    assertThat(ready).hasSize(12).contains(alone);
    assertThat(STAGE.levels(ready)).contains(5, 15, 25);
    assertThat(STAGE.levels(ready).stream().filter(level -> level == 25).count())
        .isGreaterThan(STAGE.levels(ready).stream().filter(level -> level == 5).count());
  }

  @Test
  void paused_pools_give_nothing_and_agents_cannot_take_what_is_the_servers() {
    long job = STAGE.job("default", 15);
    long session = STAGE.agentThatSaysHttp();
    assertThat(STAGE.claimBy(session, job)).isEmpty();
    STAGE.execute("update pools set state = 'PAUSED'");

    assertThat(STAGE.fetch(ONE, 10, 10).ready()).isEmpty();
  }

  /** The reaper ends sessions that nobody renews; this one has nobody to renew it. */
  @Test
  void the_session_of_the_servers_is_no_business_of_the_reaper() {
    STAGE.claimed(ONE);
    assertThat(STAGE.openSessions()).isEmpty();
  }
}
