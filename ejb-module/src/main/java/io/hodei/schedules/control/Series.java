package io.hodei.schedules.control;

import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/** The moments a trigger means, before bounds, calendars and freezes. */
interface Series {
  /** The first one after this moment; empty when there is none for years. */
  Optional<Moment> next(Instant after);

  /**
   * One of them.
   *
   * @param fires false for a local time that is skipped because the clock jumps over it
   */
  record Moment(Instant at, LocalDateTime wall, boolean inGap, boolean inFold, boolean fires) {}

  static Series of(Timing timing) {
    return switch (timing.trigger()) {
      case Trigger.Cron cron ->
          new CronSeries(Cron.of(cron.expression()), timing.zone(), timing.gap(), timing.fold());
      case Trigger.Interval interval -> after -> Optional.of(interval(interval, after, timing));
      case Trigger.FixedDelay fixed -> after -> single(fixed.first(), after, timing);
      case Trigger.Once once -> after -> single(once.at(), after, timing);
    };
  }

  private static Moment interval(Trigger.Interval interval, Instant after, Timing timing) {
    long every = interval.every().toNanos();
    Duration distance = Duration.between(interval.anchor(), after);
    long whole = distance.dividedBy(interval.every());
    Instant at = interval.anchor().plus(interval.every().multipliedBy(whole));
    while (!at.isAfter(after)) {
      at = at.plusNanos(every);
    }
    return plain(at, timing);
  }

  private static Optional<Moment> single(Instant at, Instant after, Timing timing) {
    return at.isAfter(after) ? Optional.of(plain(at, timing)) : Optional.empty();
  }

  private static Moment plain(Instant at, Timing timing) {
    return new Moment(at, LocalDateTime.ofInstant(at, timing.zone()), false, false, true);
  }
}
