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
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Site site;
  private final Load load;
  private final Script script;
  private final Map<String, Eldest> undisturbed = new TreeMap<>();

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
    } else {
      hold(HOLDS);
      timed(fault, part);
    }
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
   * Kills a node while so many jobs that hold a slot run, half of them on agents that are connected
   * with it; their processes must not notice.
   */
  void killNodeBelow(int holds, int victim) {
    List<String> ids = hold(holds);
    List<String> below = below(victim);
    Map<String, Eldest> before = JobProcesses.now(script.mark());
    before.keySet().retainAll(ids);
    below.retainAll(before.keySet());
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

  /** Starts jobs that hold a slot each; answers their ids when their processes run. */
  private List<String> hold(int count) {
    List<Integer> numbers = load.hold(count);
    List<String> ids = new ArrayList<>();
    await(count + " jobs hold slots")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
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

  /** Jobs that run on agents that are connected with this node. */
  private List<String> below(int node) {
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
      return new ArrayList<>(ids.stream().map(io.hodei.platform.Id::format).toList());
    }
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
