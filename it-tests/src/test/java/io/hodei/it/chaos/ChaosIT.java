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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Real jobs while parts of the installation die, stand still and lose each other. {@code
 * -Dhodei.chaos=long}: 5,000 jobs and every fault again and again; {@code -Dhodei.chaos.seed} for
 * the order of an earlier run.
 */
@Order(50)
class ChaosIT {
  private static final boolean LONG = System.getProperty("hodei.chaos", "").equals("long");
  private static final int JOBS = LONG ? 5_000 : 300;
  private static final Duration PACE = Duration.ofMillis(LONG ? 200 : 600);
  private static final Path DIRECTORY = SharedCluster.parent().resolve("chaos");
  private static final List<Fault> SHORT =
      List.of(
          Fault.AGENT_JVM_KILLED,
          Fault.DATABASE_CRASHED,
          Fault.GRID_WIPED,
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
    try (Load load = new Load(script, site.cluster().urls(), site.cluster().token(), JOBS)) {
      load.start(PACE);
      await("sleepers run")
          .atMost(Duration.ofMinutes(1))
          .until(() -> sleepers(script).size() > 1 || !load.refusals().isEmpty());
      assertThat(load.refusals()).isEmpty();

      Set<String> undisturbed = killNodeBelowRunningJobs(script);
      faults(load);

      await("all is acknowledged").atMost(Duration.ofMinutes(LONG ? 30 : 4)).until(load::done);
      say("all acknowledged; %d requests had to be repeated".formatted(load.repeated()));
      assertThat(load.refusals()).isEmpty();
      awaitEnds();

      Oracle oracle = Oracle.read(script.oracle());
      assertThat(undisturbed)
          .allSatisfy(id -> assertThat(oracle.attempts(id)).as("attempts of %s", id).isEqualTo(1));
      assertThat(new Verdict(script, site.api(), oracle).of(load.acknowledged())).isEmpty();
      try (Database database = Database.of(site.cluster())) {
        await("the outbox is told")
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> database.number("select count(*) from outbox where position is null") == 0);
        assertThat(Fsck.all(database)).isEmpty();
        assertThat(database.number("select count(*) from jobs")).isEqualTo(JOBS);
        say(
            "attempts: "
                + database.texts(
                    "select state, count(*) from attempts group by state order by state"));
      }
    }
  }

  /** Answers the jobs that ran when their node died: they must not have noticed. */
  private Set<String> killNodeBelowRunningJobs(Script script) {
    Set<String> running = sleepers(script);
    int victim = nodeWithAgents();
    say("kill node %d below %d sleepers".formatted(victim, running.size()));
    site.node(victim).kill();
    await("those that ran have ended")
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .until(() -> sleepers(script).stream().noneMatch(running::contains));
    site.restart(victim);
    return running;
  }

  private int nodeWithAgents() {
    try (Database database = Database.of(site.cluster())) {
      String grid =
          database
              .texts(
                  "select n.started_at = (select min(started_at) from nodes) from agent_sessions s join nodes n on n.number = s.node_number where s.ended_at is null")
              .getFirst();
      return grid.equals("t") ? 1 : 2;
    }
  }

  private void faults(Load load) {
    if (!LONG) {
      int part = random.nextInt(2);
      for (Fault fault : SHORT) {
        strike(fault, 1 + part++ % 2);
      }
      return;
    }
    while (load.acknowledged().size() < JOBS && load.refusals().isEmpty()) {
      strike(Fault.values()[random.nextInt(Fault.values().length)], 1 + random.nextInt(2));
    }
  }

  private void strike(Fault fault, int part) {
    long began = System.nanoTime();
    say(fault + " " + part);
    fault.strike(site, part);
    say(fault + " healed after " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
  }

  /** Of the run's jobs that sleep: the running ones. */
  private Set<String> sleepers(Script script) {
    Set<String> ids = new TreeSet<>();
    for (JsonObject job :
        anyNode("/jobs?state=RUNNING&limit=500&fields=id,name&name=" + script.run() + "-*")) {
      int number = Integer.parseInt(job.getString("name").substring(script.run().length() + 1));
      if (Kind.of(number) == Kind.SLEEP) {
        ids.add(job.getString("id"));
      }
    }
    return ids;
  }

  private List<JsonObject> anyNode(String path) {
    for (var node : site.cluster().nodes()) {
      if (node.alive() && node.ready()) {
        return site.api().at(node.url()).get(path).expect(200).items();
      }
    }
    throw new IllegalStateException("no node is ready");
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
                  anyNode("/jobs?limit=500&fields=id,name,state&state=" + state)
                      .forEach(job -> open.add(job.toString()));
                }
                return open.isEmpty();
              });
      say("all have ended");
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError("These jobs do not end: " + open, e);
    }
  }

  private static long seed() {
    long given = Long.getLong("hodei.chaos.seed", 0);
    return given == 0 ? new Random().nextInt(1_000_000) : given;
  }

  private static void say(String text) {
    System.out.println("chaos " + Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }
}
