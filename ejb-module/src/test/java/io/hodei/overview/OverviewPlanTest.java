package io.hodei.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cluster.Term;
import io.hodei.platform.Database;
import io.hodei.testing.TestDatabase;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The work of the overview does not grow with the jobs that ended: 200,000 jobs of two tenants, or
 * {@code -Dhodei.plan.rows=1000000}; rows that the statements touch are counted.
 */
class OverviewPlanTest {
  private static final int ROWS = Integer.getInteger("hodei.plan.rows", 200_000);
  private static final TestDatabase DATABASE = TestDatabase.create();

  @BeforeAll
  static void many_jobs() {
    Database admin = DATABASE.admin();
    for (int tenant = 1; tenant <= 2; tenant++) {
      for (String sql :
          List.of(
              "insert into tenants (id, name) values (%1$d, 't%1$d')",
              "insert into pools (tenant_id, name) values (%1$d, 'default')",
              "insert into job_specs (id, tenant_id, digest, document) values (%1$d, %1$d, '', '{}')")) {
        admin.sql(sql.formatted(tenant)).execute();
      }
    }
    admin
        .sql(
            "insert into demands (id, tenant_id, pool, executor, digest) select g, 1 + g % 2, 'default', 'noop', int4send(g) from generate_series(1, 100) g")
        .execute();
    admin
        .sql(
            """
            insert into jobs (id, tenant_id, spec_id, demand_id, name, state, epoch, session_id, available_at, created_at, completed_at)
            select g.id, 1 + g.id %% 2, 1 + g.id %% 2, 1 + g.id %% 2, 'job-' || g.id %% 1000, s.state, 1,
                   case when s.state = 'RUNNING' then 7 end, now(), now(),
                   case when s.state in ('SUCCEEDED', 'FAILED') then now() end
              from generate_series(1, %d) as g(id)
             cross join lateral (
               select case when g.id %% 1000 < 2 then 'RUNNING'
                           when g.id %% 100 < 4 then 'FAILED'
                           when g.id %% 100 = 9 then 'QUEUED'
                           else 'SUCCEEDED' end as state) s
            """
                .formatted(ROWS))
        .execute();
    admin
        .sql(
            "insert into outbox (tenant_id, topic, items, position) select 1, 'job.started', jsonb_build_array(jsonb_build_object('job', g, 'epoch', 1)), g from generate_series(1, 50000) g")
        .execute();
    admin.sql("analyze").execute();
  }

  private static List<String> plan(String sql, UnaryOperator<Database.Query> parameters) {
    return DATABASE
        .tenantTransactions()
        .inTransaction(
            () ->
                lines(
                    parameters.apply(
                        DATABASE.tenants().in(1).sql("explain " + sql).set("tenant", 1L))));
  }

  private static List<String> enginePlan(String sql, UnaryOperator<Database.Query> parameters) {
    Term term = new Term("overview", 1);
    return lines(
        parameters.apply(
            DATABASE
                .engine()
                .sql("explain " + sql)
                .set("duty", term.duty())
                .set("term", term.term())));
  }

  private static List<String> lines(Database.Query query) {
    return query.list(row -> row.text("QUERY PLAN"));
  }

  private static void assertUses(List<String> plan, String... indexes) {
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan on jobs"));
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan on outbox"));
    for (String index : indexes) {
      assertThat(plan).anyMatch(line -> line.contains(index));
    }
  }

  @Test
  void open_jobs_are_counted_in_the_index_of_states() {
    assertUses(
        plan(OverviewSql.COUNTS, query -> query.set("most", 100_000)),
        "idx_jobs_tenant_state",
        "idx_jobs_held");
  }

  @Test
  void failures_are_found_by_state_and_then_by_name() {
    assertUses(
        plan(
            OverviewSql.FAILING, query -> query.set("fromId", 1L).set("names", 50).set("deep", 50)),
        "idx_jobs_tenant_state",
        "idx_jobs_tenant_name");
  }

  @Test
  void what_waits_is_the_head_of_each_queue() {
    assertUses(plan(OverviewSql.HEADS, query -> query.set("demands", 1_000)), "idx_jobs_ready");
  }

  @Test
  void samples_are_counted_in_the_index_of_states() {
    assertUses(
        enginePlan(RollupSql.SAMPLE, query -> query.set("most", 100_000)),
        "idx_jobs_tenant_state",
        "idx_jobs_held");
  }

  @Test
  void events_are_found_by_position_and_their_jobs_by_id() {
    assertUses(
        enginePlan(RollupSql.COUNT, query -> query.set("after", 40_000L).set("upto", 42_000L)),
        "idx_outbox_position");
    assertUses(
        enginePlan(
            RollupSql.START_TIMES,
            query -> query.set("after", 40_000L).set("upto", 42_000L).set("most", 20)),
        "idx_outbox_position",
        "jobs_pk");
  }

  @Test
  void the_whole_overview_is_read_in_a_fraction_of_a_second() {
    OverviewReading reading = new OverviewReading(DATABASE.tenants());
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      Overview overview = DATABASE.tenantTransactions().inTransaction(() -> reading.read(1));
      fastest = Math.min(fastest, System.nanoTime() - began);
      assertThat(overview.minutes()).hasSize(60);
    }
    System.out.printf("overview with %,d jobs: %d ms%n", ROWS, fastest / 1_000_000);
    assertThat(fastest).isLessThan(1_000_000_000L);
  }
}
