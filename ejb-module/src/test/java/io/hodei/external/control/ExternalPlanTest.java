package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.platform.Database;
import io.hodei.testing.TestDatabase;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node asks all the time reads what is under way, and not what is stored. */
class ExternalPlanTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @BeforeAll
  static void many_that_ended_and_a_backlog_of_agents() {
    Database admin = DATABASE.admin();
    // As in DataSources.
    for (String kind : new String[] {"seqscan", "hashjoin", "mergejoin"}) {
      admin.sql("alter role hodei_engine set enable_" + kind + " = off").execute();
    }
    for (String sql :
        new String[] {
          "insert into tenants (id, name) values (1, 'one')",
          "insert into pools (tenant_id, name) values (1, 'default')",
          "insert into job_specs (id, tenant_id, digest, document) values (1, 1, '',"
              + " '{\"executor\":\"noop\"}')",
          "insert into demands (id, tenant_id, pool, executor, digest) values (1, 1, 'default',"
              + " 'noop', 'a'), (2, 1, 'default', 'http', 'b')",
          "insert into jobs (id, tenant_id, spec_id, demand_id, name, available_at, created_at,"
              + " state) select id, 1, 1, 1, 'job', now(), now(), 'QUEUED' from generate_series(1,"
              + " 50000) as g(id)",
          "insert into jobs (id, tenant_id, spec_id, demand_id, name, available_at, created_at,"
              + " state) select id, 1, 1, 2, 'job', now(), now(), 'QUEUED' from"
              + " generate_series(50001, 50100) as g(id)",
          "insert into external_executions (job_id, epoch, tenant_id, session_id, executor, phase)"
              + " select id, 1, 1, 7, 'http', 'ENDED' from generate_series(100000, 150000) as"
              + " g(id)",
          "insert into external_executions (job_id, epoch, tenant_id, session_id, executor, phase,"
              + " next_look_at) select id, 1, 1, 7, 'http', 'RUNNING', now() from"
              + " generate_series(1, 20) as g(id)",
          "analyze"
        }) {
      admin.sql(sql).execute();
    }
  }

  @Test
  void a_fetch_reads_what_is_due_and_the_queues_of_the_servers_only() {
    String plan = explain("explain (analyze, costs off, timing off) " + ExternalSql.FETCH);

    assertThat(plan)
        .contains("idx_external_executions_due", "idx_demands_server_side", "idx_jobs_ready")
        .doesNotContain("Seq Scan on jobs", "Seq Scan on external_executions");
    double most =
        plan.lines()
            .filter(line -> line.contains("actual rows="))
            .mapToDouble(ExternalPlanTest::rows)
            .max()
            .orElseThrow();
    assertThat(most).isLessThan(200);
  }

  @Test
  void what_is_adopted_is_found_by_its_holder() {
    assertThat(
            DATABASE
                .engine()
                .sql("explain " + ExternalSql.ADOPT)
                .list(row -> row.text("QUERY PLAN"))
                .toString())
        .contains("idx_external_executions_held");
  }

  private static double rows(String line) {
    return Double.parseDouble(line.replaceFirst(".*actual rows=([0-9.]+).*", "$1"));
  }

  private static String explain(String sql) {
    return DATABASE
        .engine()
        .sql(sql)
        .set("looks", 100)
        .set("starts", 100)
        .set("holder", 1L)
        .set("lease", 60.0)
        .list(row -> row.text("QUERY PLAN"))
        .stream()
        .collect(Collectors.joining("\n"));
  }
}
