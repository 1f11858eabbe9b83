package io.hodei.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.platform.Database;
import io.hodei.testing.TestDatabase;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The statements of the hot path start from the ids they are given, also when the statistics were
 * taken at a quiet moment: none queued, none held. Otherwise a claim reads the queue once per job.
 */
class EnginePlanTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final long[] IDS = LongStream.rangeClosed(20_001, 20_100).toArray();

  @BeforeAll
  static void a_backlog_that_the_statistics_do_not_know() {
    Database admin = DATABASE.admin();
    // As in DataSources.
    for (String kind : new String[] {"seqscan", "hashjoin", "mergejoin"}) {
      admin.sql("alter role hodei_engine set enable_" + kind + " = off").execute();
    }
    admin.sql("insert into tenants (id, name) values (1, 'one')").execute();
    admin.sql("insert into pools (tenant_id, name) values (1, 'default')").execute();
    admin
        .sql("insert into job_specs (id, tenant_id, digest, document) values (1, 1, '', '{}')")
        .execute();
    admin
        .sql(
            "insert into demands (id, tenant_id, pool, executor, digest) values (1, 1, 'default', 'noop', '')")
        .execute();
    insert(1, 20_000, "'SUCCEEDED', 1, null, now()");
    admin.sql("analyze").execute();
    insert(20_001, 23_000, "'QUEUED', 0, null, null");
    insert(23_001, 25_000, "'LEASED', 1, 7, null");
  }

  private static void insert(int from, int to, String stateEpochSessionCompleted) {
    DATABASE
        .admin()
        .sql(
            """
            insert into jobs (id, tenant_id, spec_id, demand_id, name, available_at, created_at, state, epoch, session_id, completed_at)
            select id, 1, 1, 1, 'job', now(), now(), %s from generate_series(%d, %d) as g(id)
            """
                .formatted(stateEpochSessionCompleted, from, to))
        .execute();
  }

  private static String plan(String sql) {
    return DATABASE
        .engine()
        .sql("explain " + sql)
        .set("node", 1)
        .set("jobs", IDS)
        .set("sessions", IDS)
        .set("session", 7L)
        .set("epochs", new int[IDS.length])
        .set("begun", new boolean[IDS.length])
        .set("states", texts())
        .set("attempts", texts())
        .set("failed", new int[IDS.length])
        .set("lost", new int[IDS.length])
        .set("delays", IDS)
        .set("exits", new int[IDS.length])
        .set("signals", new int[IDS.length])
        .set("reasons", texts())
        .set("cpus", IDS)
        .set("memories", IDS)
        .set("trees", new boolean[IDS.length])
        .set("results", texts())
        .set("attempt", "LOST")
        .set("reason", "")
        .set("maxLosses", 3)
        .list(row -> row.text("QUERY PLAN"))
        .stream()
        .collect(Collectors.joining("\n"));
  }

  private static String[] texts() {
    String[] texts = new String[IDS.length];
    Arrays.fill(texts, "");
    return texts;
  }

  private static void assertStartsFromIds(String sql) {
    assertThat(plan(sql))
        .contains("jobs_pk")
        .doesNotContain("idx_jobs_ready")
        .doesNotContain("idx_jobs_held")
        .doesNotContain("idx_jobs_tenant")
        .doesNotContain("Seq Scan on jobs");
  }

  @Test
  void a_claim_reads_the_jobs_of_its_tickets_only() {
    assertStartsFromIds(EngineSql.CLAIM);
  }

  @Test
  void reports_of_a_start_read_the_reported_jobs_only() {
    assertStartsFromIds(EngineSql.STARTED);
  }

  @Test
  void reports_of_an_end_read_the_reported_jobs_only() {
    assertStartsFromIds(EngineSql.ENDED);
    assertStartsFromIds(EngineSql.TAKEN_BACK);
  }

  @Test
  void the_facts_of_ended_jobs_are_read_by_id() {
    assertStartsFromIds(EngineSql.FACTS);
    assertStartsFromIds(EngineSql.LOCK_HELD);
  }

  @Test
  void what_is_due_is_found_by_its_time() {
    // A volatile clock is no condition of an index: all that waits would be read in each round.
    assertThat(planOfDuty(EngineSql.DUE)).contains("Index Cond: (available_at <= ");
    assertThat(planOfDuty(EngineSql.EXPIRE)).contains("Index Cond: (expires_at <= ");
    assertThat(planOfDuty(EngineSql.OVERDUE)).contains("Index Cond: (deadline_at <= ");
  }

  private static String planOfDuty(String sql) {
    return DATABASE
        .engine()
        .sql("explain " + sql)
        .set("duty", "job-timer")
        .set("term", 1L)
        .set("limit", 100)
        .list(row -> row.text("QUERY PLAN"))
        .stream()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void the_queue_itself_is_read_in_its_order() {
    assertThat(
            DATABASE
                .engine()
                .sql("explain " + EngineSql.READY)
                .set("demand", 1L)
                .set("limit", 100)
                .list(row -> row.text("QUERY PLAN")))
        .anyMatch(line -> line.contains("idx_jobs_ready"))
        .noneMatch(line -> line.contains("Sort"));
  }

  @Test
  void the_next_due_job_is_found_by_its_time() {
    assertThat(plan(EngineSql.UNTIL_DUE)).contains("idx_jobs_due");
  }
}
