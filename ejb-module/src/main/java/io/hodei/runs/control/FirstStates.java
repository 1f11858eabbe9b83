package io.hodei.runs.control;

import io.hodei.pipelines.entity.Step;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.runs.entity.Rerun;
import io.hodei.runs.entity.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a new run as columns: what each waits for, and whose result is taken over. Linear in
 * steps and edges.
 */
final class FirstStates {
  final String[] names;
  final int[] phases;
  final String[] kinds;
  final int[] open;
  final boolean[] blocked;
  final boolean[] mayFail;
  final String[] states;
  final int[] keeps;
  final String[] reasons;
  private final RunnableVersion version;

  /**
   * A step of the run that is repeated.
   *
   * @param step its position there
   */
  record Before(int step, StepState state) {}

  private FirstStates(RunnableVersion version) {
    int count = version.steps().size();
    this.version = version;
    names = new String[count];
    phases = new int[count];
    kinds = new String[count];
    open = new int[count];
    blocked = new boolean[count];
    mayFail = new boolean[count];
    states = new String[count];
    keeps = new int[count];
    reasons = new String[count];
    for (int i = 0; i < count; i++) {
      Step step = version.step(i);
      names[i] = step.id();
      phases[i] = step.phase().ordinal();
      kinds[i] = RunnableVersion.kind(step.work());
      open[i] = version.graph().dependencies()[i] + (phases[i] > 0 ? 1 : 0);
      mayFail[i] = step.allowFailure();
      states[i] = StepState.WAITING.name();
      keeps[i] = -1;
      reasons[i] = "";
    }
  }

  /** Of a run that does everything. */
  static FirstStates of(RunnableVersion version) {
    FirstStates first = new FirstStates(version);
    first.settle();
    return first;
  }

  /**
   * Of a run that takes results over.
   *
   * @param before the steps of the run that is repeated, by their ids
   * @throws DomainException INVALID when a step that is named is not there, CONFLICT when nothing
   *     is left to do
   */
  static FirstStates of(RunnableVersion version, Rerun rerun, Map<String, Before> before) {
    FirstStates first = new FirstStates(version);
    first.keep(rerun, before);
    first.mark(rerun.skip(), "/skip", StepState.SKIPPED, rerun.reason());
    first.mark(rerun.succeed(), "/succeed", StepState.SUCCEEDED, rerun.reason());
    first.settle();
    if (first.open() == 0) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Every step of the run has succeeded, so there is nothing to run again. Rerun all of it, or from a step.");
    }
    return first;
  }

  /** How many steps have ended already. */
  int ended() {
    int ended = 0;
    for (int i = 0; i < states.length; i++) {
      ended += hasEnded(i) ? 1 : 0;
    }
    return ended;
  }

  /** How many steps of the first phase have not ended. */
  int open() {
    int count = 0;
    for (int i = 0; i < states.length; i++) {
      count += phases[i] == 0 && !hasEnded(i) ? 1 : 0;
    }
    return count;
  }

  private void keep(Rerun rerun, Map<String, Before> before) {
    if (rerun.mode() == Rerun.Mode.FROM) {
      String from = rerun.from() == null ? "" : rerun.from();
      position(from, "/from");
    }
    boolean[] again = new boolean[states.length];
    for (int i : version.graph().order()) {
      Before old = before.get(names[i]);
      boolean mayKeep =
          !again[i]
              && rerun.mode() != Rerun.Mode.ALL
              && phases[i] == 0
              && !names[i].equals(rerun.from());
      if (mayKeep && old != null && old.state() == StepState.SUCCEEDED) {
        states[i] = StepState.SUCCEEDED.name();
        keeps[i] = old.step();
      } else {
        again[i] = true;
        for (int child : children(i)) {
          again[child] = true;
        }
      }
    }
  }

  private void mark(List<String> ids, String pointer, StepState state, @Nullable String reason) {
    for (String id : ids) {
      int position = position(id, pointer);
      states[position] = state.name();
      keeps[position] = -1;
      reasons[position] = reason == null ? "as asked for" : reason;
    }
  }

  private int position(String id, String pointer) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(id)) {
        return i;
      }
    }
    throw DomainException.invalid(
        pointer,
        "there is no step %s in version %d of the pipeline".formatted(id, version.number()));
  }

  /** Counts down what the ended steps leave open; what waits for nothing is READY. */
  private void settle() {
    for (int i = 0; i < states.length; i++) {
      if (hasEnded(i)) {
        for (int child : children(i)) {
          open[child]--;
          blocked[child] |= states[i].equals(StepState.SKIPPED.name());
        }
      }
    }
    for (int i = 0; i < states.length; i++) {
      if (open[i] == 0 && !hasEnded(i)) {
        states[i] = StepState.READY.name();
      }
      if (hasEnded(i)) {
        open[i] = 0;
      }
    }
  }

  private boolean hasEnded(int i) {
    return states[i].equals(StepState.SUCCEEDED.name())
        || states[i].equals(StepState.SKIPPED.name());
  }

  private List<Integer> children(int i) {
    List<Integer> found = new ArrayList<>();
    for (int at = version.graph().childrenFrom()[i];
        at < version.graph().childrenFrom()[i + 1];
        at++) {
      found.add(version.graph().children()[at]);
    }
    return found;
  }
}
