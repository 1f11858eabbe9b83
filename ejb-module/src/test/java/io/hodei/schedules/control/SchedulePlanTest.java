package io.hodei.schedules.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.platform.Database;
import io.hodei.testing.TestDatabase;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked all the time is found by its index, also among many schedules and firings. */
class SchedulePlanTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @BeforeAll
  static void many_schedules_and_firings() {
    Database admin = DATABASE.admin();
    // As in DataSources.
    for (String kind : new String[] {"seqscan", "hashjoin", "mergejoin"}) {
      admin.sql("alter role hodei_engine set enable_" + kind + " = off").execute();
    }
    admin.sql("insert into tenants (id, name) values (1, 'one'), (2, 'two')").execute();
    admin
        .sql(
            """
            insert into schedules (id, tenant_id, name, definition, state, next_tick, next_run_at, created_by)
            select g, case when g % 20 = 0 then 1 else 2 end, 's' || g, '{}', 'ACTIVE', now() + g * 7919 % 20000 * interval '1 second', now() + g * 7919 % 20000 * interval '1 second', 1
              from generate_series(1, 20000) g
            """)
        .execute();
    admin
        .sql(
            """
            insert into schedule_firings (id, tenant_id, schedule_id, tick, kind, state)
            select g, 1, g % 200, now() - g * interval '1 second', 'TICK', case when g % 100 = 0 then 'STARTED' else 'SUCCEEDED' end
              from generate_series(1, 50000) g
            """)
        .execute();
    admin.sql("analyze").execute();
  }

  private static String plan(Database.Query query) {
    return query
        .set("duty", "schedules")
        .set("term", 1L)
        .set("limit", 50)
        .set("tenant", 1L)
        .set("schedule", 7L)
        .set("backfill", -1L)
        .set("before", 0L)
        .set("state", "")
        .set("name", "")
        .list(row -> row.text("QUERY PLAN"))
        .stream()
        .collect(Collectors.joining("\n"));
  }

  private static String engine(String sql) {
    return plan(DATABASE.engine().sql("explain " + sql));
  }

  private static String tenant(String sql) {
    return DATABASE
        .tenantTransactions()
        .inTransaction(
            () ->
                plan(
                    DATABASE
                        .tenants()
                        .in(1)
                        .sql("explain " + sql)
                        .set("dueBefore", Instant.now().plusSeconds(600))));
  }

  @Test
  void due_schedules_are_a_range_of_the_index() {
    assertThat(engine(ScheduleSql.DUE))
        .contains("idx_schedules_next_run")
        .containsPattern("Index Cond: \\(\\(?next_run_at");
  }

  @Test
  void the_next_time_is_the_first_entry_of_the_index() {
    assertThat(engine(ScheduleSql.UNTIL_NEXT))
        .contains("idx_schedules_next_run")
        .doesNotContain("Sort");
  }

  @Test
  void ended_jobs_are_looked_for_among_open_firings_only() {
    assertThat(engine(FiringSql.ENDED))
        .contains("idx_schedule_firings_open")
        .doesNotContain("Seq Scan on schedule_firings");
  }

  @Test
  void results_of_a_schedule_come_from_their_index_in_its_order() {
    assertThat(tenant(FiringSql.LIST))
        .contains("idx_execution_results_schedule_id")
        .doesNotContain("Sort");
  }

  @Test
  void what_is_due_soon_is_listed_by_state_and_time() {
    assertThat(tenant(ScheduleSql.list(true, false, false, true).replace(":state", "'ACTIVE'")))
        .contains("idx_schedules_status_time");
  }
}
