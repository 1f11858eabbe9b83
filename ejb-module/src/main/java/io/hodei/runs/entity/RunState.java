package io.hodei.runs.entity;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a run stands. The table of transitions is repeated by a trigger in the database; a test
 * holds both equal.
 */
public enum RunState {
  /** Waits until its pipeline may have one active run more. */
  QUEUED,
  RUNNING,
  /** No new step begins; what runs ends. */
  PAUSED,
  /** What had not begun is cancelled, what runs was asked to end; then come the last steps. */
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  private static final Map<RunState, Set<RunState>> NEXT = new EnumMap<>(RunState.class);

  static {
    NEXT.put(QUEUED, EnumSet.of(RUNNING, CANCELLED));
    NEXT.put(RUNNING, EnumSet.of(PAUSED, CANCELLING, SUCCEEDED, FAILED));
    NEXT.put(PAUSED, EnumSet.of(RUNNING, CANCELLING));
    NEXT.put(CANCELLING, EnumSet.of(CANCELLED));
  }

  /** The states that can follow this one. */
  public Set<RunState> next() {
    return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
  }

  public boolean canBecome(RunState other) {
    return next().contains(other);
  }

  public boolean isTerminal() {
    return next().isEmpty();
  }
}
