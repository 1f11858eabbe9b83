package io.hodei.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.it.testing.Api;
import io.hodei.it.testing.Dag;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Runs;
import io.hodei.it.testing.SharedCluster;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Random graphs while nodes and agents are killed; {@code -Dhodei.chaos=long}: 1,000 of up to 200
 * steps, and kills until all are started; {@code -Dhodei.chaos.seed} for the graphs of an earlier
 * run.
 */
@Order(51)
class RunsChaosIT {
  private static final boolean LONG = System.getProperty("hodei.chaos", "").equals("long");
  private static final int DAGS = LONG ? 1_000 : 60;
  private static final int MOST_STEPS = LONG ? 200 : 30;
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final long seed = seed();
  private final Map<String, Dag> started = new ConcurrentHashMap<>();
  private volatile boolean allStarted;

  @SuppressWarnings("NullAway.Init")
  private static Site SITE;

  @BeforeAll
  static void start() {
    SharedCluster.close();
    SITE = new Site(SharedCluster.parent().resolve("runs-chaos")).start();
  }

  @AfterAll
  static void stop() {
    SITE.close();
  }

  @Test
  void no_step_begins_early_or_twice_and_no_run_stays_behind() throws Exception {
    ChaosIT.say("runs: seed %d, %d graphs".formatted(seed, DAGS));
    Thread load = Thread.ofPlatform().start(this::startAll);
    Random random = new Random(seed + 1);
    do {
      for (Fault fault :
          List.of(Fault.AGENT_TREE_KILLED, Fault.NODE_KILLED, Fault.AGENT_JVM_KILLED)) {
        int part = 1 + random.nextInt(2);
        ChaosIT.say("runs: " + fault + " " + part);
        fault.strike(SITE, part);
      }
    } while (!allStarted);
    load.join();
    long healed = System.nanoTime();
    assertThat(started).hasSize(DAGS);
    Runs runs = new Runs(SITE.api());
    await("every run has ended")
        .atMost(LONG ? Duration.ofMinutes(30) : Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> progressing(healed));
    started.forEach(
        (id, dag) -> {
          assertThat(runs.get(id).getString("state")).as(dag.name()).isEqualTo(dag.end());
          assertThat(runs.steps(id)).as(dag.name()).isEqualTo(dag.ends());
        });
    try (Database database = Database.of(SITE.cluster())) {
      assertThat(Runs.violations(database)).isEmpty();
      assertThat(database.number("select count(*) from runs")).isEqualTo(DAGS);
    }
  }

  /** Whether all have ended; a run of which nothing is under way for a minute is stuck. */
  private static boolean progressing(long healed) {
    try (Database database = Database.of(SITE.cluster())) {
      if (System.nanoTime() - healed > STUCK.toNanos()) {
        assertThat(
                database.texts(
                    """
                    select r.id, r.state, r.pending, r.open
                      from runs r
                     where r.completed_at is null
                       and not exists (select from jobs j where j.run_id = r.id and j.completed_at is null)
                       and not exists (select from run_steps s where s.run_id = r.id and greatest(s.ready_at, s.ended_at) > clock_timestamp() - interval '60 seconds')
                    """))
            .as("stuck")
            .isEmpty();
      }
      return database.number("select count(*) from runs where completed_at is null") == 0;
    }
  }

  private void startAll() {
    Random random = new Random(seed);
    for (int i = 0; i < DAGS; i++) {
      Dag dag = new Dag("chaos-" + i, MOST_STEPS, random);
      String key = "run-" + seed + "-" + i;
      persistently(
          i,
          api -> {
            new Runs(api).apply(dag.name(), dag.document().toString());
            String id =
                api.post("/pipelines/" + dag.name() + "/runs", "{}", Map.of("Idempotency-Key", key))
                    .expect(201)
                    .json()
                    .getString("id");
            started.put(id, dag);
          });
    }
    allStarted = true;
  }

  /** Asks one node after the other until one does it. */
  private static void persistently(int number, java.util.function.Consumer<Api> work) {
    for (int tries = 0; ; tries++) {
      Api api = new Api(SITE.node(1 + (number + tries) % 2).url(), SITE.cluster().token());
      try {
        work.accept(api);
        return;
      } catch (UncheckedIOException | AssertionError notNow) {
        if (tries > 300) {
          throw notNow;
        }
        Fault.lasts(Duration.ofMillis(500));
      }
    }
  }

  private static long seed() {
    long given = Long.getLong("hodei.chaos.seed", 0);
    return given == 0 ? new Random().nextInt(1_000_000) : given;
  }
}
