package io.hodei.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.it.testing.Database;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Real jobs while parts of the installation die, stand still and lose each other. {@code
 * -Dhodei.chaos=long}: 5,000 jobs, every fault by itself and then mixed until all are submitted;
 * {@code -Dhodei.chaos.seed} for the order of an earlier run; {@code -Dhodei.chaos.faults} and
 * {@code -Dhodei.chaos.jobs} for less.
 */
@Order(50)
class ChaosIT {
  private static final boolean LONG = System.getProperty("hodei.chaos", "").equals("long");
  private static final String CHOSEN = System.getProperty("hodei.chaos.faults", "");
  private static final int JOBS = jobs();
  private static final Duration PACE = Duration.ofMillis(LONG ? 200 : 600);
  private static final int ROUNDS = Integer.getInteger("hodei.chaos.rounds", 2);
  private static final Path DIRECTORY = SharedCluster.parent().resolve("chaos");
  private static final List<Fault> SHORT =
      List.of(
          Fault.AGENT_JVM_KILLED,
          Fault.DATABASE_CRASHED,
          Fault.AGENT_DEAF,
          Fault.GRID_WIPED,
          Fault.AGENT_MUTE,
          Fault.AGENT_CUT_BRIEFLY,
          Fault.AGENT_STOPPED,
          Fault.AGENT_TREE_KILLED,
          Fault.AGENT_SILENT_LONG,
          Fault.NODE_AND_DATABASE_AND_GRID);

  private final long seed = seed();
  private final Random random = new Random(seed);
  private final Site site = SITE;

  @SuppressWarnings("NullAway.Init")
  private static Site SITE;

  @BeforeAll
  static void start() {
    SharedCluster.close();
    SITE = new Site(DIRECTORY).start();
  }

  @AfterAll
  static void stop() {
    SITE.close();
  }

  @Test
  void whatever_dies_every_acknowledged_job_ends_once_and_as_it_must() {
    say("seed %d, %d jobs".formatted(seed, JOBS));
    Script script = Script.in(DIRECTORY.resolve("jobs"), "chaos" + seed, seed);
    try (Load load = new Load(script, site.cluster().urls(), site.cluster().token(), JOBS);
        SessionWatch watch = new SessionWatch(site.cluster())) {
      Nemesis nemesis = new Nemesis(site, load, script);
      load.start(PACE);
      attack(nemesis, load);
      await("all is acknowledged").atMost(Duration.ofMinutes(LONG ? 30 : 4)).until(load::done);
      say("all acknowledged; %d requests had to be repeated".formatted(load.repeated()));
      assertThat(load.refusals()).isEmpty();
      awaitEnds();
      assertThat(watch.violations()).isEmpty();
      say(watch.toString());
      judge(script, load, nemesis);
    }
  }

  private void attack(Nemesis nemesis, Load load) {
    if (!CHOSEN.isEmpty()) {
      inTurn(nemesis, Arrays.stream(CHOSEN.split(",")).map(Fault::valueOf).toList());
      return;
    }
    nemesis.killNodeBelow(48, 1);
    if (!LONG) {
      inTurn(nemesis, SHORT);
      return;
    }
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    Collections.shuffle(faults, random);
    for (int round = 0; round < ROUNDS; round++) {
      inTurn(nemesis, faults);
    }
    nemesis.mix(random, () -> load.submitted() || !load.refusals().isEmpty());
  }

  private void inTurn(Nemesis nemesis, List<Fault> faults) {
    int part = random.nextInt(2);
    for (Fault fault : faults) {
      nemesis.strike(fault, 1 + part++ % 2);
    }
  }

  private void judge(Script script, Load load, Nemesis nemesis) {
    Oracle oracle = Oracle.read(script.oracle());
    Verdict verdict = new Verdict(script, site.api(), oracle);
    assertThat(verdict.of(load.acknowledged())).isEmpty();
    assertThat(nemesis.disturbed(oracle)).isEmpty();
    try (Database database = Database.of(site.cluster())) {
      await("the outbox is told")
          .atMost(Duration.ofSeconds(20))
          .until(() -> database.number("select count(*) from outbox where position is null") == 0);
      assertThat(nemesis.forgotten(database, oracle)).isEmpty();
      assertThat(Fsck.all(database)).isEmpty();
      assertThat(database.number("select count(*) from jobs")).isEqualTo(load.count());
      assertThat(verdict.counts()).isEqualTo(Counts.of(database));
      say(verdict.counts().toString());
      say(
          "attempts: "
              + database.texts(
                  "select state, count(*) from attempts group by state order by state"));
    }
  }

  private void awaitEnds() {
    List<String> open = new ArrayList<>();
    try {
      await("all jobs have ended")
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                open.clear();
                for (String state :
                    List.of("SCHEDULED", "QUEUED", "LEASED", "RUNNING", "BLOCKED")) {
                  jobs(state).forEach(job -> open.add(job.toString()));
                }
                return open.isEmpty();
              });
      say("all have ended");
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("These jobs do not end: " + open, e);
    }
  }

  private List<JsonObject> jobs(String state) {
    return site.api()
        .get("/jobs?limit=500&fields=id,name,state&state=" + state)
        .expect(200)
        .items();
  }

  private static int jobs() {
    int given = Integer.getInteger("hodei.chaos.jobs", 0);
    return given > 0 ? given : LONG ? 5_000 : 300;
  }

  private static long seed() {
    long given = Long.getLong("hodei.chaos.seed", 0);
    return given == 0 ? new Random().nextInt(1_000_000) : given;
  }

  static void say(String text) {
    System.out.println("chaos " + Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }
}
