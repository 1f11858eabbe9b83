package io.hodei.bench.suite;

import io.hodei.bench.cluster.Cpu;
import io.hodei.bench.cluster.Topology;
import io.hodei.bench.load.OpenLoop;
import io.hodei.bench.report.Values;
import java.time.Duration;
import java.util.List;

/** What a cluster costs that has nothing to do. */
final class Idle implements Suite {
  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String what() {
    return "CPU of an idle cluster of two nodes and two agents";
  }

  @Override
  public List<Topology> topologies() {
    return List.of(Topology.PAIR);
  }

  @Override
  public void run(Run run) {
    Duration time = Duration.ofSeconds(run.plan().most(60, 3));
    run.awaitCompilers();
    run.rounds(
        "idle.cluster",
        "%s without jobs and requests for %d s, after the compilers of the JVMs have come to rest."
            .formatted(run.topology().text(), time.toSeconds()),
        name -> {
          Cpu before = run.installation().cpu();
          long began = System.nanoTime();
          OpenLoop.sleepUntil(began + time.toNanos());
          double nanos = System.nanoTime() - began;
          Cpu spent = run.installation().cpu().since(before);
          return new Values()
              .put(
                  "nodesAndAgentsPercent",
                  (spent.node() + spent.agent()) * 100 / nanos,
                  "% of one core")
              .put("nodesPercent", spent.node() * 100 / nanos, "% of one core")
              .put("agentsPercent", spent.agent() * 100 / nanos, "% of one core")
              .put("postgresPercent", spent.postgres() * 100 / nanos, "% of one core");
        });
  }
}
