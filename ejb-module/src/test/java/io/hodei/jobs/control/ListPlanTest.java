package io.hodei.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.JobState;
import io.hodei.platform.Database;
import io.hodei.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pages of lists come from an index in their order, as a tenant sees them under row-level security:
 * 200,000 jobs, or {@code -Dhodei.plan.rows=1000000}.
 */
class ListPlanTest {
  private static final int ROWS = Integer.getInteger("hodei.plan.rows", 200_000);
  private static final TestDatabase DATABASE = TestDatabase.create();

  @BeforeAll
  static void many_jobs_of_two_tenants() {
    Database admin = DATABASE.admin();
    for (int tenant = 1; tenant <= 2; tenant++) {
      admin
          .sql("insert into tenants (id, name) values (%1$d, 't%1$d')".formatted(tenant))
          .execute();
      admin
          .sql("insert into pools (tenant_id, name) values (%d, 'default')".formatted(tenant))
          .execute();
      admin
          .sql(
              "insert into job_specs (id, tenant_id, digest, document) values (%1$d, %1$d, '', '{}')"
                  .formatted(tenant))
          .execute();
      admin
          .sql(
              "insert into demands (id, tenant_id, pool, executor, digest) values (%1$d, %1$d, 'default', 'noop', '')"
                  .formatted(tenant))
          .execute();
    }
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
                           when g.id %% 10 = 9 then 'QUEUED'
                           else 'SUCCEEDED' end as state) s
            """
                .formatted(ROWS))
        .execute();
    admin
        .sql(
            """
            insert into external_executions (job_id, epoch, tenant_id, session_id, executor, phase, execution_name)
            select g.id * 10, 1, 1, 7, 'http', 'ENDED', 'https://example.com/' || g.id
              from generate_series(1, 5000) as g(id)
            """)
        .execute();
    // Few specs and demands: PostgreSQL never looks at such small tables by itself.
    admin.sql("analyze jobs, external_executions").execute();
  }

  private static JobFilter filter(@Nullable JobState state, @Nullable String name) {
    return new JobFilter(
        state == null ? Set.of() : Set.of(state),
        name,
        List.of(),
        null,
        null,
        (Instant) null,
        (Instant) null,
        null);
  }

  private static List<String> plan(JobFilter filter) {
    FilterSql condition = FilterSql.of(filter);
    String sql = "explain " + LookupSql.page(condition, false);
    return DATABASE
        .tenantTransactions()
        .inTransaction(
            () ->
                condition
                    .bind(DATABASE.tenants().in(1).sql(sql), 1)
                    .set("before", (long) ROWS)
                    .set("limit", 51)
                    .list(row -> row.text("QUERY PLAN")));
  }

  private static void assertReadsInOrder(List<String> plan, String index) {
    int limit =
        IntStream.range(0, plan.size())
            .filter(i -> plan.get(i).contains("Limit"))
            .findFirst()
            .orElseThrow();
    // What stands above the limit sorts the rows of one page.
    assertThat(plan.subList(limit, plan.size()))
        .anyMatch(line -> line.contains(index))
        .noneMatch(line -> line.contains("Sort") || line.contains("Seq Scan on jobs"));
  }

  @Test
  void reads_by_id_are_not_planned_again_and_again() {
    int times = 20;
    long withThePlanThatWasKept =
        DATABASE
            .tenantTransactions()
            .inTransaction(
                () -> {
                  Database database = DATABASE.tenants().byKeys(1);
                  for (int i = 0; i < times; i++) {
                    database
                        .sql(LookupSql.JOBS_BY_ID)
                        .set("tenant", 1L)
                        .set("ids", new long[] {i})
                        .list(row -> row.number("id"));
                  }
                  return database
                      .sql(
                          "select max(generic_plans) as kept from pg_prepared_statements where statement like 'select j.id, %'")
                      .one(row -> row.number("kept"));
                });
    // The driver prepares a statement at its fifth use.
    assertThat(withThePlanThatWasKept).isGreaterThanOrEqualTo(times - 5);
  }

  @Test
  void jobs_of_a_state() {
    assertReadsInOrder(plan(filter(JobState.FAILED, null)), "idx_jobs_tenant_state");
  }

  @Test
  void held_jobs_are_all_read_and_sorted() {
    assertThat(plan(filter(JobState.RUNNING, null)))
        .anyMatch(line -> line.contains("idx_jobs_held"))
        .noneMatch(line -> line.contains("Seq Scan on jobs"));
  }

  @Test
  void jobs_of_a_name() {
    assertReadsInOrder(plan(filter(null, "job-7")), "idx_jobs_tenant_name");
  }

  @Test
  void the_jobs_of_an_execution() {
    JobFilter all = JobFilter.ALL;
    assertThat(
            plan(
                new JobFilter(
                    all.states(),
                    all.name(),
                    all.labels(),
                    all.pool(),
                    all.run(),
                    all.from(),
                    all.to(),
                    "https://example.com/17")))
        .anyMatch(line -> line.contains("idx_external_executions_name"))
        .anyMatch(line -> line.contains("jobs_pk"))
        .noneMatch(line -> line.contains("Seq Scan on jobs"));
  }

  @Test
  void all_jobs_from_the_newest() {
    assertReadsInOrder(plan(filter(null, null)), "jobs_pk");
  }
}
