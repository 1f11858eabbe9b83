package io.hodei.runs.entity;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a step of a run stands, or an instance of a matrix or map. The table of transitions is
 * repeated by a trigger in the database; a test holds both equal.
 */
public enum StepState {
  /** For what it depends on, or for a place among the instances that may run at once. */
  WAITING,
  /** Begins as soon as a node looks at it. */
  READY,
  /** Waits for people, time, a signal or an event; holds no slot. */
  HELD,
  /** Its job, its run or its instances are under way. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** Was not to be done. */
  SKIPPED,
  CANCELLED;

  private static final Map<StepState, Set<StepState>> NEXT = new EnumMap<>(StepState.class);

  static {
    NEXT.put(WAITING, EnumSet.of(READY, SUCCEEDED, SKIPPED, CANCELLED));
    NEXT.put(READY, EnumSet.of(HELD, RUNNING, SUCCEEDED, FAILED, SKIPPED, CANCELLED));
    NEXT.put(HELD, EnumSet.of(SUCCEEDED, FAILED, SKIPPED, CANCELLED));
    NEXT.put(RUNNING, EnumSet.of(SUCCEEDED, FAILED, SKIPPED, CANCELLED));
  }

  /** The states that can follow this one. */
  public Set<StepState> next() {
    return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
  }

  public boolean canBecome(StepState other) {
    return next().contains(other);
  }

  public boolean isTerminal() {
    return next().isEmpty();
  }
}
