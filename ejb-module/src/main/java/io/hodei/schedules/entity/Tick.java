package io.hodei.schedules.entity;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;

/**
 * One moment of a schedule.
 *
 * @param at the moment meant: its identity, in whole seconds for cron
 * @param due when it fires: {@code at} and the jitter
 * @param wall the local time meant; not on the clock when it lies in a gap
 * @param fires whether a job is made; if not, the flags say why
 */
public record Tick(Instant at, Instant due, LocalDateTime wall, Set<Flag> flags, boolean fires) {
  /** What is special about a tick. */
  public enum Flag {
    /** The clock jumps over its local time. */
    GAP,
    /** The clock shows its local time twice. */
    OVERLAP,
    /** A calendar does not allow it. */
    CALENDAR,
    /** Schedules are frozen then. */
    FREEZE
  }
}
