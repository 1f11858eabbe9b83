package io.hodei.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.it.chaos.JobProcesses.Eldest;
import io.hodei.it.testing.Database;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Brings the faults over a site, each onto jobs that run for longer than the cluster needs to take
 * an agent for lost.
 */
final class Nemesis {
  private static final int HOLDS = 8;
  private static final int RETRIES = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Site site;
  private final Load load;
  private final Script script;
  private final Map<String, Eldest> undisturbed = new TreeMap<>();
  private final Map<String, Eldest> unheard = new TreeMap<>();

  Nemesis(Site site, Load load, Script script) {
    this.site = site;
    this.load = load;
    this.script = script;
  }

  /**
   * One fault, when jobs run that will be there for a while.
   *
   * @param part the number of the node or agent that is hit
   */
  void strike(Fault fault, int part) {
    if (fault == Fault.NODE_KILLED) {
      killNodeBelow(HOLDS, part);
      return;
    }
    await("jobs run on what is hit")
        .atMost(PATIENCE.multipliedBy(2))
        .until(
            () -> {
              List<String> ids = run(Kind.HOLDS, HOLDS);
              return !fault.ofAgent() || on(ids, part) > 1;
            });
    if (fault == Fault.AGENT_MUTE || fault == Fault.AGENT_DEAF) {
      List<String> ids = run(Kind.RETRIES, RETRIES); // they end while nobody hears or answers
      Map<String, Eldest> now = JobProcesses.now(script.mark());
      now.keySet().retainAll(ids);
      unheard.putAll(now);
    }
    timed(fault, part);
  }

  /** Faults of the servers and of each agent, independent of each other, until it is enough. */
  void mix(Random random, BooleanSupplier enough) {
    ChaosIT.say("mixed");
    List<Future<?>> loops = new ArrayList<>();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (int loop = 0; loop < 3; loop++) {
        int agent = loop;
        long seed = random.nextLong();
        loops.add(threads.submit(() -> loop(agent, new Random(seed), enough)));
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Kills a node while so many jobs that hold a slot run; processes of jobs must not notice.
   *
   * @param wanted the node, unless more of these jobs run below the other one
   */
  void killNodeBelow(int holds, int wanted) {
    List<String> ids = run(Kind.HOLDS, holds);
    await("all are known to run")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> held(ids, 1).size() + held(ids, 2).size() == holds);
    int victim = held(ids, wanted).size() >= holds / 2 ? wanted : 3 - wanted;
    List<String> below = held(ids, victim);
    Map<String, Eldest> before = JobProcesses.now(script.mark());
    before.keySet().retainAll(ids);
    ChaosIT.say("kill node %d below %d of %d holds".formatted(victim, below.size(), ids.size()));
    if (holds >= 40) {
      assertThat(below).hasSizeGreaterThanOrEqualTo(20);
    }
    long began = System.nanoTime();
    site.node(victim).kill();
    await("the agents are at the other node")
        .atMost(Duration.ofSeconds(30))
        .until(() -> agentsAt(3 - victim) == site.agents().size());
    ChaosIT.say("all agents at the other node after %d ms".formatted(millis(began)));
    Map<String, Eldest> after = JobProcesses.now(script.mark());
    before.forEach((id, process) -> assertThat(after).containsEntry(id, process));
    undisturbed.putAll(before);
    site.restart(victim);
    ChaosIT.say("node %d is back after %d ms".formatted(victim, millis(began)));
  }

  /** Of the jobs that ran when their node died those that did not end as what they were. */
  List<String> disturbed(Oracle oracle) {
    List<String> found = new ArrayList<>();
    undisturbed.forEach(
        (id, process) -> {
          Map<Integer, Oracle.Interval> attempts = oracle.attempts(id);
          Oracle.Interval interval = attempts.get(process.attempt());
          int last = attempts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
          if (last != process.attempt() || interval == null || interval.pids().size() != 1) {
            found.add("job %s ran as %s, and in all as %s".formatted(id, process, attempts));
          }
        });
    ChaosIT.say("%d jobs ran through the loss of a node".formatted(undisturbed.size()));
    return found;
  }

  /**
   * Results of processes that came to their end while nobody heard their agent, and that were
   * thrown away although the session lived on: the agent had to tell them again.
   */
  List<String> forgotten(Database database, Oracle oracle) {
    List<String> lost =
        database.texts(
            "select a.job_id, a.epoch from attempts a join agent_sessions s on s.id = a.session_id"
                + " where a.state = 'LOST' and (s.ended_at is null or s.ended_at > a.finished_at)");
    ChaosIT.say("%d jobs ended while nobody heard their agent".formatted(unheard.size()));
    return unheard.entrySet().stream()
        .filter(job -> oracle.exit(job.getKey(), job.getValue().attempt()).isPresent())
        .map(job -> io.hodei.platform.Id.parse(job.getKey()) + " " + job.getValue().attempt())
        .filter(lost::contains)
        .map("its result was lost with the connection: "::concat)
        .toList();
  }

  /** Submits jobs; answers their ids when their processes run. */
  private List<String> run(int range, int count) {
    List<Integer> numbers = load.more(range, count);
    List<String> ids = new ArrayList<>();
    await(count + " jobs run")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              ids.clear();
              numbers.forEach(
                  number -> {
                    String id = load.acknowledged().get(number);
                    if (id != null && Files.exists(script.oracle().resolve(id))) {
                      ids.add(id);
                    }
                  });
              return ids.size() == count;
            });
    return List.copyOf(ids);
  }

  /** Loop 0 hits the servers, the others an agent each. */
  private void loop(int agent, Random random, BooleanSupplier enough) {
    List<Fault> mine =
        Arrays.stream(Fault.values()).filter(fault -> fault.ofAgent() == agent > 0).toList();
    while (!enough.getAsBoolean()) {
      int part = agent > 0 ? agent : 1 + random.nextInt(2);
      timed(mine.get(random.nextInt(mine.size())), part);
      Fault.lasts(Duration.ofMillis(random.nextInt(10_000)));
    }
  }

  private void timed(Fault fault, int part) {
    long began = System.nanoTime();
    ChaosIT.say(fault + " " + part);
    fault.strike(site, part);
    ChaosIT.say(fault + " " + part + " healed after " + millis(began) + " ms");
  }

  /** Which of these jobs run on agents that are connected with this node. */
  private List<String> held(List<String> jobs, int node) {
    try (Database database = Database.of(site.cluster())) {
      List<Long> ids =
          database
              .texts(
                  "select j.id from jobs j join agent_sessions s on s.id = j.session_id join nodes n on n.number = s.node_number"
                      + " where j.state = 'RUNNING' and n.url like '%:"
                      + port(node)
                      + "'")
              .stream()
              .map(Long::parseLong)
              .toList();
      return ids.stream().map(io.hodei.platform.Id::format).filter(jobs::contains).toList();
    }
  }

  /** How many of these jobs run on this agent. */
  private long on(List<String> jobs, int agent) {
    String name = site.agent(agent).name();
    return jobs.stream()
        .filter(
            id ->
                site.api()
                    .get("/jobs/" + id)
                    .expect(200)
                    .json()
                    .getString("agentName", "")
                    .equals(name))
        .count();
  }

  private long agentsAt(int node) {
    try (Database database = Database.of(site.cluster())) {
      return database.number(
          "select count(*) from agent_sessions s join nodes n on n.number = s.node_number where s.ended_at is null and n.url like '%:"
              + port(node)
              + "'");
    }
  }

  private int port(int node) {
    URI url = site.node(node).url();
    return url.getPort();
  }

  private static long millis(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }
}
