package io.hodei.pipelines.control;

import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Step;
import java.util.BitSet;
import java.util.List;

/** Says which steps have ended for sure when one begins. Counted once, when first asked. */
final class Upstream {
  private final List<Step> steps;
  private final Graph graph;
  private final BitSet[] before;
  private boolean counted;

  Upstream(List<Step> steps, Graph graph) {
    this.steps = steps;
    this.graph = graph;
    this.before = new BitSet[steps.size()];
  }

  /** Whether {@code other} has ended when {@code step} begins. */
  boolean isBefore(int other, int step) {
    Step.Phase phase = steps.get(step).phase();
    if (steps.get(other).phase() != phase) {
      return steps.get(other).phase().compareTo(phase) < 0;
    }
    if (!counted) {
      counted = true;
      count();
    }
    return before[step].get(other);
  }

  private void count() {
    for (int i = 0; i < before.length; i++) {
      before[i] = new BitSet();
    }
    for (int step : graph.order()) {
      for (int e = graph.childrenFrom()[step]; e < graph.childrenFrom()[step + 1]; e++) {
        BitSet child = before[graph.children()[e]];
        child.or(before[step]);
        child.set(step);
      }
    }
  }
}
