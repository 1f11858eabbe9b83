package io.hodei.runs.control;

import static io.hodei.runs.control.RunStage.pipelineOf;
import static io.hodei.runs.control.RunStage.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.runs.entity.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Nodes that advance the same run while its jobs end: each end counts once, nothing is begun twice.
 */
class RacingRunsTest {
  private static final RunStage STAGE = new RunStage();
  private static final int WORKERS = 4;

  @Test
  void whoever_comes_first_each_step_is_done_once_and_in_its_turn() throws Exception {
    Random random = new Random(42);
    List<Long> runs = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      String name = "race" + number;
      STAGE.pipeline(pipelineOf(name, "", steps(40, random)));
      runs.add(STAGE.start(name));
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        all.add(workers.submit(() -> work(runs)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    for (long run : runs) {
      assertThat(STAGE.get(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(STAGE.get(run).ended()).isEqualTo(40);
    }
    assertThat(
            STAGE.number(
                "select count(*) as n from (select run_id, step from jobs group by run_id, step having count(*) > 1) d"))
        .isZero();
    assertThat(
            STAGE.number(
                """
                select count(*) as n
                  from runs r
                  join pipeline_edges e on e.version_id = r.version_id
                  join run_steps p on p.run_id = r.id and p.step = e.parent
                  join run_steps c on c.run_id = r.id and c.step = e.child
                 where c.started_at < p.ended_at
                """))
        .isZero();
  }

  @Test
  void a_large_run_costs_no_more_statements_per_step_than_a_small_one() {
    STAGE.pipeline(pipelineOf("wide", "", steps(1_000, new Random(7))));
    long run = STAGE.start("wide");
    STAGE.finish(run);
    assertThat(STAGE.get(run).ended()).isEqualTo(1_000);
    List<String> plan =
        STAGE
            .database
            .engineTransactions()
            .inTransaction(
                () -> {
                  STAGE.database.engine().sql(AdvanceSql.START_FROM_IDS).list(row -> true);
                  return STAGE
                      .database
                      .engine()
                      .sql("explain " + AccountSql.COUNT_STEPS)
                      .set("runs", new long[] {run})
                      .set("steps", new int[] {3})
                      .set("phases", new int[] {0})
                      .set("good", new boolean[] {true})
                      .set("fails", new boolean[] {false})
                      .list(row -> row.text("QUERY PLAN"));
                });
    assertThat(String.join("\n", plan))
        .contains("run_steps_pk")
        .contains("pipeline_edges_pk")
        .doesNotContain("Seq Scan on run_steps")
        .doesNotContain("Seq Scan on pipeline_edges");
  }

  private static String[] steps(int count, Random random) {
    String[] steps = new String[count];
    for (int i = 0; i < count; i++) {
      List<String> dependsOn = new ArrayList<>();
      for (int other = Math.max(0, i - 8); other < i; other++) {
        if (random.nextInt(4) == 0) {
          dependsOn.add("\"s" + other + "\"");
        }
      }
      steps[i] =
          step(
              "s" + i,
              dependsOn.isEmpty() ? "" : "\"dependsOn\":[" + String.join(",", dependsOn) + "]");
    }
    return steps;
  }

  /** Advances and ends jobs, as a node and its agents do, until all have ended. */
  private static void work(List<Long> runs) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      STAGE.errands().forEach(STAGE::run);
      boolean over = true;
      for (long run : runs) {
        List<Long> open = STAGE.openJobs(run);
        if (!open.isEmpty()) {
          STAGE.endIfOpen(run, open.get(ThreadLocalRandom.current().nextInt(open.size())));
        }
        over &= STAGE.get(run).state().isTerminal();
      }
      if (over) {
        return;
      }
    }
  }
}
