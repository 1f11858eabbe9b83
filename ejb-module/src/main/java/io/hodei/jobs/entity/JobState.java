package io.hodei.jobs.entity;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a job stands. The table of transitions is repeated by a trigger in the database; a test
 * holds both equal.
 */
public enum JobState {
  /** Not due yet: delayed by the caller, or waiting for its next try. */
  SCHEDULED,
  /** Ready, waits for an agent. */
  QUEUED,
  /** Waits for an approval, a limit or an event. */
  BLOCKED,
  /** Given to an agent that has not started it yet. */
  LEASED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  CANCELLED,
  /** Did not start in time. */
  EXPIRED;

  private static final Map<JobState, Set<JobState>> NEXT = new EnumMap<>(JobState.class);

  static {
    NEXT.put(SCHEDULED, EnumSet.of(QUEUED, BLOCKED, TIMED_OUT, CANCELLED, EXPIRED));
    NEXT.put(BLOCKED, EnumSet.of(SCHEDULED, QUEUED, TIMED_OUT, CANCELLED, EXPIRED));
    NEXT.put(QUEUED, EnumSet.of(SCHEDULED, BLOCKED, LEASED, TIMED_OUT, CANCELLED, EXPIRED));
    NEXT.put(
        LEASED, EnumSet.of(SCHEDULED, QUEUED, RUNNING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED));
    NEXT.put(RUNNING, EnumSet.of(SCHEDULED, QUEUED, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED));
    for (JobState terminal : EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, EXPIRED)) {
      NEXT.put(terminal, EnumSet.noneOf(JobState.class));
    }
  }

  /** The states that can follow this one. */
  public Set<JobState> next() {
    return Set.copyOf(NEXT.getOrDefault(this, Set.of()));
  }

  public boolean canBecome(JobState other) {
    return next().contains(other);
  }

  public boolean isTerminal() {
    return next().isEmpty();
  }

  /** Whether an agent has it. */
  public boolean isHeld() {
    return this == LEASED || this == RUNNING;
  }
}
