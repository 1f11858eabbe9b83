package io.hodei.schedules.entity;

/** Where a schedule stands. */
public enum ScheduleState {
  ACTIVE,
  /** Fires nothing until it is resumed; ticks of that time are not made up for. */
  PAUSED,
  /** Has no tick left. */
  ENDED
}
