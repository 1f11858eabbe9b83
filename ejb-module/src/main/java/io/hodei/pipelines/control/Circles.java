package io.hodei.pipelines.control;

import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the groups of steps that depend on each other in a circle (Tarjan's strongly connected
 * components, without recursion) and names one circle of each.
 */
final class Circles {
  private static final int LONGEST_SHOWN = 30;

  private final List<Step> steps;
  private final Graph graph;
  private final GraphCheck.Complaints complaints;
  private final int[] component;

  Circles(List<Step> steps, Graph graph, GraphCheck.Complaints complaints) {
    this.steps = steps;
    this.graph = graph;
    this.complaints = complaints;
    this.component = new int[steps.size()];
  }

  /** Names them all, or the first one only. */
  void name(boolean firstOnly) {
    int count = findComponents();
    int[] sizes = new int[count + 1];
    for (int c : component) {
      sizes[c]++;
    }
    boolean[] named = new boolean[count + 1];
    for (int step = 0; step < component.length; step++) {
      int c = component[step];
      if (sizes[c] > 1 && !named[c]) {
        named[c] = true;
        nameOne(step);
        if (firstOnly) {
          return;
        }
      }
    }
  }

  /** Gives each step the number of its component, from 1. */
  private int findComponents() {
    int n = component.length;
    int[] index = new int[n];
    int[] low = new int[n];
    int[] edge = Arrays.copyOf(graph.childrenFrom(), n);
    int[] path = new int[n];
    int[] open = new int[n];
    int opened = 0;
    int visited = 0;
    int components = 0;
    for (int root = 0; root < n; root++) {
      if (index[root] != 0) {
        continue;
      }
      int depth = 0;
      path[0] = root;
      index[root] = low[root] = ++visited;
      open[opened++] = root;
      while (depth >= 0) {
        int step = path[depth];
        if (edge[step] < graph.childrenFrom()[step + 1]) {
          int child = graph.children()[edge[step]++];
          if (index[child] == 0) {
            index[child] = low[child] = ++visited;
            open[opened++] = child;
            path[++depth] = child;
          } else if (component[child] == 0) {
            low[step] = Math.min(low[step], index[child]);
          }
          continue;
        }
        if (low[step] == index[step]) {
          components++;
          do {
            component[open[--opened]] = components;
          } while (open[opened] != step);
        }
        if (--depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[step]);
        }
      }
    }
    return components;
  }

  /** Walks from a step inside its component until a step comes again. */
  private void nameOne(int start) {
    int[] walked = new int[component.length];
    int[] path = new int[component.length + 1];
    int length = 0;
    int step = start;
    while (walked[step] == 0) {
      walked[step] = ++length;
      path[length - 1] = step;
      step = childInside(step);
    }
    int from = walked[step] - 1;
    String circle = shown(path, from, length);
    int last = path[length - 1];
    int dependency = steps.get(step).dependsOn().indexOf(steps.get(last).id());
    complaints.about(
        step,
        dependency,
        "steps wait for each other in a circle: %s; take one of these dependencies out"
            .formatted(circle));
  }

  private int childInside(int step) {
    for (int e = graph.childrenFrom()[step]; e < graph.childrenFrom()[step + 1]; e++) {
      if (component[graph.children()[e]] == component[step]) {
        return graph.children()[e];
      }
    }
    throw new IllegalStateException("A component of more than one step has an edge inside");
  }

  private String shown(int[] path, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      int left = to - i;
      if (i - from == LONGEST_SHOWN && left > 1) {
        text.append("… (").append(left - 1).append(" more) → ");
        i = to - 1;
      }
      text.append(steps.get(path[i]).id()).append(" → ");
    }
    return text.append(steps.get(path[from]).id()).toString();
  }
}
