package io.hodei.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cluster.Term;
import io.hodei.overview.Overview.Attention;
import io.hodei.overview.Overview.Kind;
import io.hodei.overview.Overview.Minute;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the overview says, against rows that were put into the database. */
class OverviewTest {
  private static final Term TERM = new Term("overview", 1);

  private static final TestDatabase DATABASE = TestDatabase.create();

  private final TestDatabase database = DATABASE;
  private final Database admin = database.admin();
  private final Rollups rollups = new Rollups(database.engine());
  private final OverviewReading reading = new OverviewReading(database.tenants());
  private long ids = Ids.lowest(Instant.now().minusSeconds(600));
  private long positions = 1000;

  @BeforeEach
  void two_tenants() {
    sql(
        "truncate tenants, jobs, agent_sessions, outbox, job_minutes, job_start_times, freezes, duties, settings cascade");
    for (int tenant = 1; tenant <= 2; tenant++) {
      sql("insert into tenants (id, name) values (%1$d, 't%1$d')".formatted(tenant));
      sql("insert into pools (tenant_id, name) values (%d, 'default')".formatted(tenant));
      sql(
          "insert into job_specs (id, tenant_id, digest, document) values (%1$d, %1$d, '', '{}')"
              .formatted(tenant));
      sql(
          "insert into demands (id, tenant_id, pool, executor, digest) values (%1$d, %1$d, 'default', 'process', '')"
              .formatted(tenant));
    }
    sql(
        "insert into duties (name, holder, incarnation, term, until) values ('overview', 0, 0, 1, now() + interval '1 hour')");
    event(1, "job.created", "[{\"job\":1}]");
    rollups.begin();
  }

  private void sql(String text) {
    admin.sql(text).execute();
  }

  private void event(long tenant, String topic, String items) {
    sql(
        "insert into outbox (tenant_id, topic, items, position) values (%d, '%s', '%s', %d)"
            .formatted(tenant, topic, items, ++positions));
  }

  private long job(String name, String state) {
    long id = ids += 1L << 20;
    boolean held = state.equals("RUNNING");
    boolean ended = List.of("SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED").contains(state);
    sql(
        """
        insert into jobs (id, tenant_id, spec_id, demand_id, name, state, epoch, session_id, available_at, created_at, queued_at, started_at, completed_at)
        values (%d, 1, 1, 1, '%s', '%s', 1, %s, now(), now(), now() - interval '1 hour', %s, %s)
        """
            .formatted(
                id,
                name,
                state,
                held ? "7" : "null",
                held || ended ? "now() + interval '3 seconds'" : "null",
                ended ? "now()" : "null"));
    return id;
  }

  private void agent(String name, String seen) {
    long id = ids += 1L << 20;
    sql(
        "insert into agents (id, tenant_id, name, pools, executors, slots, agent_version, session_id, seen_at) values (%1$d, 1, '%2$s', '{default}', '{process}', 4, '1', %1$d, now() - interval '%3$s')"
            .formatted(id, name, seen));
    sql(
        "insert into agent_sessions (id, tenant_id, agent_id, secret_sha256, node_number, renewed_until) values (%1$d, 1, %1$d, '', 0, now() + interval '10 seconds' - interval '%2$s')"
            .formatted(id, seen));
  }

  private boolean advance(Term term) {
    return database.engineTransactions().inTransaction(() -> rollups.advance(term));
  }

  private Overview overview(long tenant) {
    return database.tenantTransactions().inTransaction(() -> reading.read(tenant));
  }

  private List<Attention> attention(Kind kind) {
    return overview(1).attention().stream().filter(item -> item.kind() == kind).toList();
  }

  private static long sum(Overview overview, java.util.function.ToLongFunction<Minute> column) {
    return overview.minutes().stream().mapToLong(column).sum();
  }

  @Test
  void each_event_is_counted_once_for_its_tenant_however_often_somebody_counts() {
    event(1, "job.created", "[{\"job\":1},{\"job\":2},{\"job\":3}]");
    event(2, "job.created", "[{\"job\":4}]");
    event(1, "job.ended", "[{\"job\":1,\"state\":\"SUCCEEDED\"},{\"job\":2,\"state\":\"FAILED\"}]");
    event(1, "job.ended", "[{\"job\":3,\"state\":\"CANCELLED\"}]");
    event(1, "agent.connected", "[{\"agent\":1}]");
    advance(TERM);
    advance(TERM);
    event(1, "job.ended", "[{\"job\":5,\"state\":\"TIMED_OUT\"}]");
    advance(TERM);

    Overview one = overview(1);
    assertThat(one.minutes()).hasSize(60);
    assertThat(sum(one, Minute::submitted)).isEqualTo(3);
    assertThat(sum(one, Minute::succeeded)).isEqualTo(1);
    assertThat(sum(one, Minute::failed)).isEqualTo(2);
    assertThat(sum(one, Minute::stopped)).isEqualTo(1);
    assertThat(sum(overview(2), Minute::submitted)).isEqualTo(1);
  }

  @Test
  void who_does_not_hold_the_duty_any_more_counts_nothing() {
    event(1, "job.created", "[{\"job\":1}]");
    assertThat(advance(new Term("overview", 0))).isFalse();
    assertThat(sum(overview(1), Minute::submitted)).isZero();
    sql("update duties set until = now()");
    advance(TERM);
    assertThat(sum(overview(1), Minute::submitted)).isZero();
  }

  @Test
  void what_did_not_commit_is_counted_again() {
    event(1, "job.created", "[{\"job\":1}]");
    try {
      database
          .engineTransactions()
          .inTransaction(
              () -> {
                rollups.advance(TERM);
                throw new IllegalStateException("the node dies here");
              });
    } catch (IllegalStateException expected) {
      assertThat(sum(overview(1), Minute::submitted)).isZero();
    }
    advance(TERM);
    assertThat(sum(overview(1), Minute::submitted)).isEqualTo(1);
  }

  @Test
  void more_events_than_one_round_takes_are_counted_in_the_next() {
    sql(
        "insert into outbox (tenant_id, topic, items, position) select 1, 'job.created', '[{\"job\":1}]', 5000 + g from generate_series(1, 4500) g");
    int rounds = 1;
    while (rounds < 10 && advance(TERM)) {
      rounds++;
    }
    assertThat(rounds).isBetween(3, 4);
    assertThat(sum(overview(1), Minute::submitted)).isEqualTo(4500);
  }

  @Test
  void start_times_are_those_of_first_attempts() {
    for (int i = 0; i < 10; i++) {
      event(1, "job.started", "[{\"job\":%d,\"epoch\":1}]".formatted(job("a", "RUNNING")));
    }
    event(1, "job.started", "[{\"job\":%d,\"epoch\":2}]".formatted(job("a", "RUNNING")));
    advance(TERM);
    Minute minute =
        overview(1).minutes().stream().filter(m -> m.startP95() != null).findFirst().orElseThrow();
    assertThat(minute.started()).isEqualTo(11);
    assertThat(minute.startP95()).isBetween(Duration.ofMillis(2500), Duration.ofMillis(4100));
    long counted =
        admin
            .sql("select cast(sum(jobs) as bigint) as jobs from job_start_times")
            .one(row -> row.number("jobs"));
    assertThat(counted).isEqualTo(10);
  }

  @Test
  void what_runs_and_waits_is_sampled_and_counted() {
    job("a", "RUNNING");
    job("a", "RUNNING");
    job("b", "QUEUED");
    job("c", "SUCCEEDED");
    database
        .engineTransactions()
        .inTransaction(
            () -> {
              rollups.sample(TERM);
              rollups.forget(TERM);
              return true;
            });
    Overview overview = overview(1);
    assertThat(overview.counts())
        .containsEntry("RUNNING", 2L)
        .containsEntry("QUEUED", 1L)
        .containsEntry("SCHEDULED", 0L);
    assertThat(overview.minutes())
        .filteredOn(minute -> minute.running() != null)
        .singleElement()
        .satisfies(
            minute -> {
              assertThat(minute.running()).isEqualTo(2L);
              assertThat(minute.queued()).isEqualTo(1L);
            });
    assertThat(overview(2).counts()).containsEntry("RUNNING", 0L);
  }

  @Test
  void old_minutes_are_removed() {
    sql(
        "insert into job_minutes (tenant_id, minute, submitted) values (1, now() - interval '3 hours', 1), (1, now(), 1)");
    sql(
        "insert into job_start_times (tenant_id, minute, pool, bucket, jobs) values (1, now() - interval '3 hours', 'p', 1, 1)");
    rollups.forget(TERM);
    assertThat(admin.sql("select 1 from job_minutes").list(row -> 1)).hasSize(1);
    assertThat(admin.sql("select 1 from job_start_times").exists()).isFalse();
  }

  @Test
  void a_name_needs_attention_when_its_newest_jobs_failed_twice_in_a_row() {
    job("twice", "SUCCEEDED");
    job("twice", "FAILED");
    long last = job("twice", "TIMED_OUT");
    job("twice", "CANCELLED");
    job("twice", "QUEUED");
    job("once", "FAILED");
    job("healed", "FAILED");
    job("healed", "FAILED");
    job("healed", "SUCCEEDED");
    assertThat(attention(Kind.FAILING))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.name()).isEqualTo("twice");
              assertThat(item.id()).isEqualTo(last);
              assertThat(item.message()).isEqualTo("twice failed 2 times in a row");
            });
  }

  @Test
  void a_queue_without_an_agent_that_fits_needs_attention_until_one_comes() {
    job("lonely", "QUEUED");
    assertThat(attention(Kind.QUEUE_WITHOUT_AGENTS))
        .singleElement()
        .satisfies(item -> assertThat(item.message()).contains("lonely").contains("default"));
    agent("gone", "20 minutes");
    assertThat(attention(Kind.QUEUE_WITHOUT_AGENTS)).hasSize(1);
    agent("here", "0 seconds");
    assertThat(attention(Kind.QUEUE_WITHOUT_AGENTS)).isEmpty();
    sql("update demands set labels = '{\"gpu\":\"yes\"}'");
    assertThat(attention(Kind.QUEUE_WITHOUT_AGENTS)).hasSize(1);
  }

  @Test
  void a_paused_pool_needs_attention_when_jobs_wait_in_it() {
    agent("here", "0 seconds");
    sql("update pools set state = 'PAUSED'");
    assertThat(attention(Kind.POOL_PAUSED)).isEmpty();
    job("x", "QUEUED");
    assertThat(attention(Kind.POOL_PAUSED)).hasSize(1);
  }

  @Test
  void a_job_that_waits_longer_than_is_usual_in_its_pool_needs_attention() {
    agent("here", "0 seconds");
    job("late", "QUEUED");
    assertThat(attention(Kind.WAITING_LONG)).as("nobody knows what is usual").isEmpty();
    sql(
        "insert into job_start_times (tenant_id, minute, pool, bucket, jobs) values (1, date_trunc('minute', now()), 'default', 10, 100)");
    assertThat(attention(Kind.WAITING_LONG))
        .singleElement()
        .satisfies(
            item -> assertThat(item.message()).startsWith("late waits in pool default for 60 min"));
    sql("update jobs set queued_at = now()");
    assertThat(attention(Kind.WAITING_LONG)).isEmpty();
  }

  @Test
  void an_agent_that_went_needs_attention_unless_somebody_wanted_it() {
    agent("here", "0 seconds");
    agent("gone", "5 minutes");
    agent("long-gone", "3 days");
    agent("disabled", "5 minutes");
    sql("update agents set state = 'DISABLED' where name = 'disabled'");
    assertThat(attention(Kind.AGENT_LOST)).extracting(Attention::name).containsExactly("gone");
    assertThat(overview(1).agents())
        .containsEntry("ONLINE", 1L)
        .containsEntry("OFFLINE", 2L)
        .containsEntry("DISABLED", 1L);
  }

  @Test
  void a_freeze_of_the_tenant_or_of_all_is_told_while_it_lasts() {
    sql(
        "insert into freezes (id, tenant_id, reason, who, from_at, until_at) values (1, 1, 'own', 'anna', now(), null), (2, null, 'all', 'ben', now(), now() + interval '1 hour'), (3, 1, 'over', 'x', now() - interval '2 hours', now() - interval '1 hour'), (4, 2, 'other', 'x', now(), null)");
    assertThat(attention(Kind.FREEZE))
        .extracting(Attention::message)
        .containsExactly("Schedules are frozen by ben: all", "Schedules are frozen by anna: own");
  }

  @Test
  void a_tenant_sees_nothing_of_another() {
    job("secret", "FAILED");
    job("secret", "FAILED");
    agent("secret", "5 minutes");
    event(1, "job.created", "[{\"job\":1}]");
    advance(TERM);
    assertThat(overview(2).attention()).isEmpty();
    assertThat(overview(2).agents()).containsEntry("OFFLINE", 0L);
    assertThat(sum(overview(2), Minute::submitted)).isZero();
  }
}
