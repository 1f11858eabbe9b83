package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Topology;
import io.hodei.bench.load.Latencies;
import io.hodei.bench.micro.AgentLog;
import io.hodei.bench.micro.EventDelay;
import io.hodei.bench.micro.EventHandOver;
import io.hodei.bench.micro.JobWire;
import io.hodei.bench.micro.Memory;
import io.hodei.bench.micro.PipelineGraph;
import io.hodei.bench.micro.StateTable;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.Values;
import io.hodei.cache.CachedReads;
import io.hodei.dispatch.control.TicketBytes;
import io.hodei.jobs.control.JobBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Single classes under JMH, each in a JVM of its own. */
final class Micro implements Suite {
  private static final Map<Class<?>, String> WHAT =
      Map.of(
          PipelineGraph.class,
              "What depends on what in a pipeline of 1,000 and of 100,000 steps, from its ids: ours, JGraphT, and the naive way (only 1,000 steps); 1 thread.",
          StateTable.class, "Whether one state may follow another; 1 thread.",
          EventHandOver.class,
              "The event bus: one publisher, one channel, one handler; until the handler has seen the row.",
          AgentLog.class,
              "The agent's way of output: lines of 100 bytes from a stream through the buffer into the spool; 1 thread.",
          JobWire.class,
              "A job on its way to an agent: protocol message and the same as JSON; 1 thread.",
          TicketBytes.class, "Tickets as bytes, 128 at a time; 1 thread.",
          JobBytes.class, "A job as it lies in the grid; 1 thread.",
          CachedReads.class,
              "Point reads of 10,000 settled jobs inside a node without a grid: 2 threads; 64 readers with 8 writers that forget jobs.");

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String what() {
    return "single classes under JMH, and the memory of a job by JOL (there is no masking yet)";
  }

  @Override
  public List<Topology> topologies() {
    return List.of(Topology.NOTHING);
  }

  @Override
  public void run(Run run) {
    for (Class<?> benchmark :
        List.of(
            StateTable.class,
            PipelineGraph.class,
            TicketBytes.class,
            JobBytes.class,
            JobWire.class,
            EventHandOver.class,
            AgentLog.class,
            CachedReads.class)) {
      run.say("micro: " + benchmark.getSimpleName());
      measure(run, benchmark);
    }
    eventDelay(run);
    run.publication()
        .add(
            new Group(
                "micro.jobMemory",
                "A job in the heap with all that it holds, without the entry of a map, by JOL; and on the wire.",
                List.of(
                    new Values()
                        .put("ownSpecBytes", Memory.ownSpec(), "B")
                        .put("sharedSpecBytes", Memory.sharedSpec(), "B")
                        .put("gridBytes", new JobBytes().size(), "B")
                        .put("assignmentProtobufBytes", new JobWire().protobufBytes(), "B")
                        .put("assignmentJsonBytes", new JobWire().jsonBytes(), "B"))));
  }

  private static void eventDelay(Run run) {
    int events = run.plan().most(2 * EventDelay.PER_SECOND, EventDelay.PER_SECOND / 10);
    String path = "micro.eventDelay";
    run.publication()
        .add(
            new Group(
                path,
                "The event bus in an open loop of %,d events/s, one at a time: one publisher, one channel, one handler; from the intended moment until the handler has it. Both threads spin."
                    .formatted(EventDelay.PER_SECOND),
                run.measured(
                    path,
                    name -> {
                      Latencies delay = EventDelay.measure(events);
                      return new Values()
                          .put("p50Micros", delay.millis(0.50) * 1_000, "µs")
                          .put("p95Micros", delay.millis(0.95) * 1_000, "µs")
                          .put("p99Micros", delay.millis(0.99) * 1_000, "µs");
                    })));
  }

  private static void measure(Run run, Class<?> benchmark) {
    for (RunResult result : jmh(options(run.plan(), benchmark))) {
      String method = result.getParams().getBenchmark();
      method = method.substring(method.lastIndexOf('.') + 1);
      String steps = result.getParams().getParam("steps");
      method = steps == null ? method : method + steps;
      List<Values> rounds = new ArrayList<>();
      for (var fork : result.getBenchmarkResults()) {
        fork.getIterationResults()
            .forEach(
                iteration ->
                    rounds.add(
                        values(iteration.getPrimaryResult(), iteration.getSecondaryResults())));
      }
      run.publication()
          .add(
              new Group(
                  "micro.%s.%s".formatted(lower(benchmark.getSimpleName()), method),
                  WHAT.getOrDefault(benchmark, ""),
                  rounds));
    }
  }

  @SuppressWarnings("rawtypes") // JMH has them so.
  private static Values values(Result primary, Map<String, Result> parts) {
    Values values = new Values().put("perSecond", primary.getScore(), "ops/s");
    parts.forEach((name, part) -> values.put(name + "PerSecond", part.getScore(), "ops/s"));
    return values;
  }

  private static Options options(Plan plan, Class<?> benchmark) {
    TimeValue time = TimeValue.milliseconds(plan.most(1_000, 50));
    return new OptionsBuilder()
        .include(benchmark.getName().replace(".", "\\.") + "\\..*")
        .mode(Mode.Throughput)
        .timeUnit(TimeUnit.SECONDS)
        .forks(plan.quick() ? 0 : 1)
        .warmupIterations(plan.most(5, 1))
        .warmupTime(time)
        .measurementIterations(plan.most(5, 1))
        .measurementTime(time)
        .shouldFailOnError(true)
        .jvmArgs("-Xmx1g")
        .build();
  }

  /**
   * What JMH itself prints goes to a file that is shown nowhere; its failures come as exceptions.
   */
  private static Collection<RunResult> jmh(Options options) {
    try {
      Path log = Files.createTempFile("hodei-bench-jmh", ".log");
      try {
        Collection<RunResult> results =
            new Runner(new OptionsBuilder().parent(options).output(log.toString()).build()).run();
        Files.delete(log);
        return results;
      } catch (RunnerException e) {
        throw new BenchException("JMH failed: %s. Log: %s".formatted(e.getMessage(), log), e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lower(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
