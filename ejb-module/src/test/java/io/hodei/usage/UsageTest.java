package io.hodei.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.JobDeleted;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import io.hodei.testing.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Database ADMIN = DATABASE.admin();
  private static final AtomicLong IDS = new AtomicLong(1000);
  private static final List<String> EXECUTORS = List.of("process", "noop", "http");
  private static final long SESSION = 77;
  private static final long LATER_SESSION = 78;
  private static final Caller ONE = caller(1);
  private static final Caller TWO = caller(2);

  private final UsageIntake intake = new UsageIntake(DATABASE.engine());
  private final UsageReading reading = new UsageReading(DATABASE.tenants());
  private final long job = IDS.incrementAndGet();

  @BeforeAll
  static void two_tenants() {
    for (int tenant = 1; tenant <= 2; tenant++) {
      run("insert into tenants (id, name) values (%1$d, 't%1$d')".formatted(tenant));
      run("insert into pools (tenant_id, name) values (%d, 'default')".formatted(tenant));
      run(
          "insert into job_specs (id, tenant_id, digest, document) values (%1$d, %1$d, '', '{}')"
              .formatted(tenant));
    }
    for (String executor : EXECUTORS) {
      run(
          "insert into demands (id, tenant_id, pool, executor, digest) values (%d, 1, 'default', '%s', '%2$s')"
              .formatted(demand(executor), executor));
    }
  }

  private static Caller caller(long tenant) {
    return new Caller(tenant, "t", 1, "test", Role.ADMIN, Role.ADMIN.permissions());
  }

  private static void run(String sql) {
    ADMIN.sql(sql).execute();
  }

  private static int demand(String executor) {
    return 1 + EXECUTORS.indexOf(executor);
  }

  /** A job of the first tenant; held by the session when its state says so. */
  private static void insert(long id, String executor, String state, int epoch) {
    boolean held = state.equals("RUNNING") || state.equals("LEASED");
    run(
        """
        insert into jobs (id, tenant_id, spec_id, demand_id, state, epoch, session_id, name, available_at, created_at, started_at)
        values (%d, 1, 1, %d, '%s', %d, %s, 'job', now(), now(), timestamptz '2026-01-02 03:04:05Z')
        """
            .formatted(id, demand(executor), state, epoch, held ? SESSION : "null"));
  }

  private void running() {
    insert(job, "process", "RUNNING", 1);
  }

  /** The attempt ended, and the job with it or not. */
  private void end(String attempt, String state) {
    run(
        """
        insert into attempts (job_id, epoch, tenant_id, state, session_id, agent_id, leased_at, started_at, finished_at, cpu_micros, peak_memory_bytes)
        select id, epoch, tenant_id, '%s', session_id, 1, now(), started_at, now(), 4000000, 900 from jobs where id = %d
        """
            .formatted(attempt, job));
    run(
        "update jobs set state = '%s', session_id = null, completed_at = %s where id = %d"
            .formatted(state, state.equals("QUEUED") ? "null" : "now()", job));
  }

  private UsagePicture picture(int epoch, long session, int... cpu) {
    return pictureOf(job, epoch, session, cpu);
  }

  private static UsagePicture pictureOf(long job, int epoch, long session, int... cpu) {
    long[] memory = Arrays.stream(cpu).mapToLong(permille -> permille * 10L).toArray();
    return new UsagePicture(
        new AttemptKey(job, epoch), session, 1000, cpu.length * 1000L - 200, cpu, memory);
  }

  private void store(UsagePicture... pictures) {
    intake.store(List.of(pictures));
  }

  private AttemptUsage read(Caller caller, int attempt) {
    return DATABASE.tenantTransactions().inTransaction(() -> reading.of(caller, job, attempt));
  }

  private int[] cpu(int attempt) {
    return read(ONE, attempt).cpuPermille();
  }

  @Test
  void the_picture_of_who_holds_the_attempt_is_stored_and_read() {
    running();
    store(picture(1, SESSION, 100, 2000));

    AttemptUsage usage = read(ONE, 0);
    assertThat(usage.attempt()).isEqualTo(1);
    assertThat(usage.since()).hasToString("2026-01-02T03:04:05Z");
    assertThat(usage.stepMillis()).isEqualTo(1000);
    assertThat(usage.coveredMillis()).isEqualTo(1800);
    assertThat(usage.cpuPermille()).containsExactly(100, 2000);
    assertThat(usage.memoryBytes()).containsExactly(1000, 20_000);
    assertThat(usage.peakMemoryBytes()).isEqualTo(20_000);
    // 0.1 cores for a second and 2 cores for 0.8.
    assertThat(usage.cpuMicros()).isEqualTo(1_700_000);
    assertThat(usage.note()).isNull();
  }

  @Test
  void the_last_picture_wins_and_a_late_older_one_does_not() {
    running();
    store(picture(1, SESSION, 1, 2));
    store(picture(1, SESSION, 1, 2, 3));
    assertThat(cpu(1)).containsExactly(1, 2, 3);
    store(picture(1, SESSION, 9, 9));
    assertThat(cpu(1)).containsExactly(1, 2, 3);
  }

  @Test
  void what_does_not_hold_the_attempt_changes_nothing_and_the_rest_is_stored() {
    running();
    long other = IDS.incrementAndGet();
    insert(other, "process", "RUNNING", 3);
    store(
        pictureOf(other, 2, SESSION, 9),
        pictureOf(other, 3, LATER_SESSION, 9),
        pictureOf(other, 4, SESSION, 9),
        pictureOf(5, 1, SESSION, 9),
        picture(1, SESSION, 1));
    assertThat(cpu(1)).containsExactly(1);
    assertThat(ADMIN.sql("select from attempt_usage where job_id in (5, " + other + ")").exists())
        .isFalse();
  }

  @Test
  void a_picture_that_comes_after_the_end_counts_when_its_session_held_the_attempt() {
    running();
    end("SUCCEEDED", "SUCCEEDED");
    store(picture(1, LATER_SESSION, 9), picture(1, 77_777, 9));
    assertThat(cpu(1)).isEmpty();
    store(picture(1, SESSION, 1, 2));
    assertThat(cpu(1)).containsExactly(1, 2);
    assertThat(read(ONE, 1).cpuMicros()).isEqualTo(4_000_000);
    assertThat(read(ONE, 1).peakMemoryBytes()).isEqualTo(900);
  }

  @Test
  void each_attempt_has_its_own() {
    running();
    end("LOST", "QUEUED");
    run(
        "update jobs set state = 'LEASED', epoch = 2, session_id = %d where id = %d"
            .formatted(LATER_SESSION, job));
    store(picture(1, SESSION, 1), picture(2, SESSION, 9));
    assertThat(cpu(1)).containsExactly(1);
    assertThat(cpu(0)).isEmpty();
    store(picture(2, LATER_SESSION, 2));
    assertThat(cpu(0)).containsExactly(2);
    assertThat(cpu(1)).containsExactly(1);
    assertThatThrownBy(() -> read(ONE, 3))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("attempt 3 of job")
        .hasMessageContaining("Check");
  }

  @Test
  void another_tenant_sees_nothing_and_removes_nothing() {
    running();
    store(picture(1, SESSION, 1));
    assertThatThrownBy(() -> read(TWO, 0)).isInstanceOf(DomainException.class);
    delete(2);
    assertThat(cpu(1)).containsExactly(1);
    long seen =
        DATABASE
            .tenantTransactions()
            .inTransaction(
                () ->
                    DATABASE
                        .tenants()
                        .in(2)
                        .sql("select count(*) as n from attempt_usage")
                        .one(row -> row.number("n")));
    assertThat(seen).isZero();
  }

  @Test
  void pictures_go_with_their_job() {
    running();
    store(picture(1, SESSION, 1));
    delete(1);
    assertThat(ADMIN.sql("select from attempt_usage where job_id = " + job).exists()).isFalse();
  }

  private void delete(long tenant) {
    DATABASE
        .tenantTransactions()
        .inTransaction(
            () -> {
              new UsageDeletion(DATABASE.tenants()).delete(new JobDeleted(tenant, job));
              return true;
            });
  }

  @Test
  void where_nothing_was_measured_it_says_why() {
    insert(job, "process", "QUEUED", 0);
    assertThat(read(ONE, 0).note()).contains("No agent was given the job");
    assertThat(read(ONE, 0).attempt()).isZero();
    run("update jobs set state = 'LEASED', epoch = 1, session_id = 77 where id = " + job);
    assertThat(read(ONE, 0).note()).contains("Nothing was measured yet");
    end("SUCCEEDED", "SUCCEEDED");
    assertThat(read(ONE, 0).note()).contains("less than 2 seconds");
    assertThat(read(ONE, 0).cpuMicros()).isEqualTo(4_000_000);
    run("update jobs set demand_id = %d where id = %d".formatted(demand("http"), job));
    assertThat(read(ONE, 1).note()).contains("executor http runs elsewhere");
    run("update jobs set demand_id = %d where id = %d".formatted(demand("noop"), job));
    assertThat(read(ONE, 1).note()).contains("starts no process");
  }

  @Test
  void storing_starts_from_the_ids_it_is_given() {
    for (String kind : new String[] {"seqscan", "hashjoin", "mergejoin"}) {
      run("alter role hodei_engine set enable_" + kind + " = off"); // As in DataSources.
    }
    long[] ids = {1, 2, 3};
    String[] arrays = {"{1}", "{1}", "{1}"};
    String plan =
        DATABASE
            .engine()
            .sql("explain " + UsageSql.STORE)
            .set("jobs", ids)
            .set("epochs", new int[] {1, 1, 1})
            .set("sessions", ids)
            .set("steps", new int[] {1, 1, 1})
            .set("covered", ids)
            .set("cpus", arrays)
            .set("memories", arrays)
            .list(row -> row.text("QUERY PLAN"))
            .stream()
            .collect(Collectors.joining("\n"));
    assertThat(plan)
        .contains("jobs_pk")
        .contains("attempts_pk")
        .doesNotContain("idx_jobs_")
        .doesNotContain("Seq Scan on jobs");
  }

  @Test
  void what_no_process_can_have_used_is_no_picture() {
    assertThat(new UsagePicture(key(), 7, 1000, 1500, new int[] {1, 2}, new long[] {0, 1L << 40}))
        .matches(UsagePicture::isWellFormed);
    assertThat(
            List.of(
                shape(1000, 0, new int[0], new long[0]),
                shape(1000, 121_000, new int[121], new long[121]),
                shape(1000, 1500, new int[2], new long[1]),
                shape(0, 0, new int[1], new long[1]),
                shape(-1000, -500, new int[1], new long[1]),
                shape(1000, 1000, new int[2], new long[2]),
                shape(1000, 2001, new int[2], new long[2]),
                shape(1000, Long.MAX_VALUE, new int[2], new long[2]),
                shape(1000, 1500, new int[] {1, -1}, new long[2]),
                shape(1000, 1500, new int[] {1, Integer.MAX_VALUE}, new long[2]),
                shape(1000, 1500, new int[2], new long[] {-1, 0}),
                shape(1000, 1500, new int[2], new long[] {Long.MAX_VALUE, 0})))
        .noneMatch(UsagePicture::isWellFormed);
  }

  private static AttemptKey key() {
    return new AttemptKey(1, 1);
  }

  private static UsagePicture shape(int step, long covered, int[] cpu, long[] memory) {
    return new UsagePicture(key(), 7, step, covered, cpu, memory);
  }
}
