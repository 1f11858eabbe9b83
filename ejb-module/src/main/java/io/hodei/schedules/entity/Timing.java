package io.hodei.schedules.entity;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule fires: all that its ticks are computed from, besides calendars and freezes.
 *
 * @param start no tick before it; null: no bound
 * @param end no tick at or after it; null: no bound
 * @param jitter each tick is delayed by a part of this that depends on schedule and tick only
 * @param include names of calendars of which one must allow the tick; empty: all times
 * @param exclude names of calendars of which none may name the tick
 */
public record Timing(
    Trigger trigger,
    ZoneId zone,
    Gap gap,
    Fold fold,
    @Nullable Instant start,
    @Nullable Instant end,
    Duration jitter,
    List<String> include,
    List<String> exclude) {
  /** What becomes of a local time that the clock jumps over. */
  public enum Gap {
    SKIP,
    /** Later by the length of the jump: 02:30 becomes 03:30. */
    RUN_AT_NEXT_VALID,
    /** At the moment of the jump, once for all that it swallows. */
    RUN_IMMEDIATELY
  }

  /** Which of two moments is meant by a local time that the clock shows twice. */
  public enum Fold {
    FIRST,
    SECOND,
    BOTH
  }
}
