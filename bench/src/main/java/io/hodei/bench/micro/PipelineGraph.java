package io.hodei.bench.micro;

import io.hodei.json.Json;
import io.hodei.pipelines.control.GraphCheck;
import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.traverse.TopologicalOrderIterator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The check of what depends on what, from the ids as they stand in the document. */
public class PipelineGraph {
  @State(Scope.Thread)
  public static class Sized {
    @Param({"1000", "100000"})
    private int steps;

    private List<Step> pipeline = List.of();

    @Setup
    public void write() {
      pipeline = written(steps);
    }
  }

  /** More would take the naive way minutes. */
  @State(Scope.Thread)
  public static class Thousand {
    private final List<Step> pipeline = written(1_000);
  }

  private static List<Step> written(int steps) {
    Random random = new Random(1);
    List<Step> written = new ArrayList<>(steps);
    for (int i = 0; i < steps; i++) {
      Set<String> dependsOn = new HashSet<>();
      for (int d = 0; i > 0 && d < 3; d++) {
        dependsOn.add("step-" + (i - 1 - random.nextInt(Math.min(i, 50))));
      }
      written.add(
          new Step(
              "step-" + i,
              Step.Phase.MAIN,
              List.copyOf(dependsOn),
              null,
              new Work.OfJob(new Json.Obj(Map.of())),
              Map.of(),
              null,
              0,
              false));
    }
    return written;
  }

  /** Ours: Kahn on int arrays. */
  @Benchmark
  public Optional<Graph> kahn(Sized sized) {
    return GraphCheck.check(
        sized.pipeline,
        false,
        (step, dependency, message) -> {
          throw new IllegalStateException(message);
        });
  }

  @Benchmark
  public List<String> jgrapht(Sized sized) {
    DefaultDirectedGraph<String, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
    sized.pipeline.forEach(step -> graph.addVertex(step.id()));
    for (Step step : sized.pipeline) {
      step.dependsOn().forEach(id -> graph.addEdge(id, step.id()));
    }
    if (new CycleDetector<>(graph).detectCycles()) {
      throw new IllegalStateException("a circle");
    }
    List<String> order = new ArrayList<>(sized.steps);
    new TopologicalOrderIterator<>(graph).forEachRemaining(order::add);
    return order;
  }

  /** Again and again through all steps: which one has all it depends on? */
  @Benchmark
  public List<String> naive1000(Thousand thousand) {
    List<Step> open = new ArrayList<>(thousand.pipeline);
    Collections.reverse(open);
    Set<String> done = new HashSet<>();
    List<String> order = new ArrayList<>();
    while (!open.isEmpty()) {
      Step next =
          open.stream()
              .filter(step -> done.containsAll(step.dependsOn()))
              .findFirst()
              .orElseThrow();
      open.remove(next);
      done.add(next.id());
      order.add(next.id());
    }
    return order;
  }
}
