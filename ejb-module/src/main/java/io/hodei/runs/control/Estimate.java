package io.hodei.runs.control;

import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Step;
import io.hodei.runs.entity.Progress;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunStep;
import io.hodei.runs.entity.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How long the rest of a run takes: the longest way through the graph, with the durations that the
 * same steps had in earlier runs. Knows nothing of waiting for agents beyond what those runs
 * waited. Linear in steps and edges.
 */
final class Estimate {
  /**
   * How long a step took in earlier runs, from READY to its end.
   *
   * @param medianMicros half of the runs took less
   * @param slowMicros nine of ten took less
   */
  record Usual(long medianMicros, long slowMicros) {}

  private final Graph graph;
  private final List<RunStep> steps;
  private final Map<String, Usual> history;
  private final Instant now;

  Estimate(Graph graph, List<RunStep> steps, Map<String, Usual> history, Instant now) {
    this.graph = graph;
    this.steps = steps;
    this.history = history;
    this.now = now;
  }

  Progress of(Run run, Map<StepState, Integer> states) {
    long[] took = new long[steps.size()];
    long[] likely = new long[steps.size()];
    long[] slow = new long[steps.size()];
    int unknown = 0;
    for (int i = 0; i < steps.size(); i++) {
      RunStep step = steps.get(i);
      Usual usual = history.getOrDefault(step.name(), new Usual(0, 0));
      long spent = spent(step);
      took[i] = step.state().isTerminal() ? spent : Math.max(spent, usual.medianMicros);
      if (!step.state().isTerminal() && step.phase() != Step.Phase.ON_FAILURE) {
        unknown += history.containsKey(step.name()) ? 0 : 1;
        likely[i] = Math.max(0, usual.medianMicros - spent);
        slow[i] = Math.max(0, usual.slowMicros - spent);
      }
    }
    List<String> path = new ArrayList<>();
    longest(took, path);
    boolean over = run.state().isTerminal();
    boolean known = !over && !history.isEmpty();
    long rest = longest(likely, new ArrayList<>());
    long most = longest(slow, new ArrayList<>());
    return new Progress(
        run,
        states,
        path,
        known ? Duration.of(rest, ChronoUnit.MICROS) : null,
        known ? now.plus(rest, ChronoUnit.MICROS) : null,
        known ? now.plus(most, ChronoUnit.MICROS) : null,
        over ? 0 : unknown);
  }

  private long spent(RunStep step) {
    Instant began = step.readyAt();
    if (began == null) {
      return 0;
    }
    Instant end = step.endedAt();
    return Math.max(0, ChronoUnit.MICROS.between(began, end == null ? now : end));
  }

  /** The length of the longest way, phase after phase; its steps go to {@code path}. */
  private long longest(long[] durations, List<String> path) {
    long[] until = new long[durations.length];
    int[] from = new int[durations.length];
    java.util.Arrays.fill(from, -1);
    for (int i : graph.order()) {
      until[i] += durations[i];
      for (int at = graph.childrenFrom()[i]; at < graph.childrenFrom()[i + 1]; at++) {
        int child = graph.children()[at];
        if (until[i] >= until[child]) {
          until[child] = until[i];
          from[child] = i;
        }
      }
    }
    long sum = 0;
    for (Step.Phase phase : Step.Phase.values()) {
      int last = -1;
      for (int i = 0; i < until.length; i++) {
        if (steps.get(i).phase() == phase && until[i] > 0 && (last < 0 || until[i] > until[last])) {
          last = i;
        }
      }
      sum += last < 0 ? 0 : until[last];
      List<String> way = new ArrayList<>();
      for (int at = last; at >= 0; at = from[at]) {
        way.add(steps.get(at).name());
      }
      Collections.reverse(way);
      path.addAll(way);
    }
    return sum;
  }
}
