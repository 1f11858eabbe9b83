package io.hodei.pipelines.control;

import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Step;
import io.hodei.platform.Nearest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks what depends on what: ids that are there twice, dependencies that are not there, steps
 * that depend on themselves, and circles. Time and memory are linear in steps and dependencies
 * (Kahn, 1962; circles by Tarjan, 1972); nothing recurses.
 */
public final class GraphCheck {
  private final List<Step> steps;
  private final boolean failFast;
  private final Complaints complaints;
  private final Map<String, Integer> positions;
  private boolean failed;

  private GraphCheck(List<Step> steps, boolean failFast, Complaints complaints) {
    this.steps = steps;
    this.failFast = failFast;
    this.complaints = complaints;
    this.positions = HashMap.newHashMap(steps.size());
  }

  /** Hears what is wrong. */
  public interface Complaints {
    /**
     * Something is wrong with a step.
     *
     * @param dependency the place in its {@code dependsOn}; -1: its id
     */
    void about(int step, int dependency, String message);
  }

  /**
   * Checks all steps.
   *
   * @param failFast whether to stop at the first that is wrong
   * @return the graph; empty when something is wrong
   */
  public static Optional<Graph> check(List<Step> steps, boolean failFast, Complaints complaints) {
    return new GraphCheck(steps, failFast, complaints).run();
  }

  private Optional<Graph> run() {
    findDuplicates();
    if (stopped()) {
      return Optional.empty();
    }
    int[] parentsFrom = new int[steps.size() + 1];
    int[] parents = resolve(parentsFrom);
    if (stopped()) {
      return Optional.empty();
    }
    Graph graph = sort(parentsFrom, parents);
    if (graph.order().length < steps.size()) {
      new Circles(steps, graph, this::complain).name(failFast);
    }
    return failed ? Optional.empty() : Optional.of(graph);
  }

  private void complain(int step, int dependency, String message) {
    failed = true;
    complaints.about(step, dependency, message);
  }

  private boolean stopped() {
    return failed && failFast;
  }

  private void findDuplicates() {
    for (int i = 0; i < steps.size() && !stopped(); i++) {
      Integer first = positions.putIfAbsent(steps.get(i).id(), i);
      if (first != null && !steps.get(i).id().isEmpty()) {
        complain(
            i,
            -1,
            "is the id of another step (number %d) already; each step needs its own"
                .formatted(first + 1));
      }
    }
  }

  /** The steps that each depends on, one list after the other; what is wrong is left out. */
  private int[] resolve(int[] from) {
    int edges = 0;
    for (Step step : steps) {
      edges += step.dependsOn().size();
    }
    int[] parents = new int[edges];
    int[] seen = new int[steps.size()];
    int count = 0;
    for (int i = 0; i < steps.size() && !stopped(); i++) {
      List<String> dependsOn = steps.get(i).dependsOn();
      for (int d = 0; d < dependsOn.size() && !stopped(); d++) {
        int parent = parent(i, d, dependsOn.get(d));
        if (parent >= 0 && seen[parent] == i + 1) {
          complain(i, d, "names %s twice".formatted(dependsOn.get(d)));
        } else if (parent >= 0) {
          seen[parent] = i + 1;
          parents[count++] = parent;
        }
      }
      from[i + 1] = count;
    }
    return Arrays.copyOf(parents, count);
  }

  /** The position of what a step depends on; -1 when that is wrong. */
  private int parent(int step, int dependency, String id) {
    Integer position = positions.get(id);
    Step child = steps.get(step);
    if (position == null) {
      String hint = Nearest.hint(id, positions.keySet());
      complain(step, dependency, "there is no step %s%s".formatted(id, hint));
      return -1;
    }
    if (id.equals(child.id())) {
      complain(step, dependency, "step %s depends on itself".formatted(id));
      return -1;
    }
    Step.Phase phase = steps.get(position).phase();
    if (phase != child.phase()) {
      complain(
          step,
          dependency,
          "%s is a step of %s; a step depends on steps of its own section, and whole sections follow each other"
              .formatted(id, section(phase)));
      return -1;
    }
    return position;
  }

  /** Sorts as far as there is no circle: the order is as long as that. */
  private Graph sort(int[] parentsFrom, int[] parents) {
    int n = steps.size();
    int[] childrenFrom = new int[n + 1];
    for (int parent : parents) {
      childrenFrom[parent + 1]++;
    }
    for (int i = 0; i < n; i++) {
      childrenFrom[i + 1] += childrenFrom[i];
    }
    int[] children = new int[parents.length];
    int[] next = Arrays.copyOf(childrenFrom, n);
    int[] open = new int[n];
    for (int i = 0; i < n; i++) {
      open[i] = parentsFrom[i + 1] - parentsFrom[i];
      for (int e = parentsFrom[i]; e < parentsFrom[i + 1]; e++) {
        children[next[parents[e]]++] = i;
      }
    }
    int[] dependencies = open.clone();
    int[] order = new int[n];
    int sorted = 0;
    for (int i = 0; i < n; i++) {
      if (open[i] == 0) {
        order[sorted++] = i;
      }
    }
    for (int done = 0; done < sorted; done++) {
      int step = order[done];
      for (int e = childrenFrom[step]; e < childrenFrom[step + 1]; e++) {
        if (--open[children[e]] == 0) {
          order[sorted++] = children[e];
        }
      }
    }
    return new Graph(
        childrenFrom, children, dependencies, sorted == n ? order : Arrays.copyOf(order, sorted));
  }

  static String section(Step.Phase phase) {
    return switch (phase) {
      case MAIN -> "steps";
      case ON_FAILURE -> "onFailure";
      case FINALLY -> "finally";
    };
  }
}
