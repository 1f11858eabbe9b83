package io.hodei.schedules.entity;

/** What a tick does when a job of the schedule still runs. */
public enum OverlapPolicy {
  SKIP,
  /** Waits; one at most, others are skipped. */
  BUFFER_ONE,
  /** Waits, and so do up to a thousand others; one after the other. */
  BUFFER_ALL,
  /** Asks the others to end, and starts when they have. */
  CANCEL_OTHER,
  /** Asks the others to end, and starts at once. */
  TERMINATE_OTHER,
  ALLOW_ALL
}
