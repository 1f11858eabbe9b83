package io.hodei.schedules.control;

import io.hodei.schedules.entity.CalendarDays;
import io.hodei.schedules.entity.Freeze;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Tick.Flag;
import io.hodei.schedules.entity.Timing;
import io.hodei.schedules.entity.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ticks of one schedule, computed: the same function for firing and for the preview. Pure:
 * equal input gives equal ticks on every node.
 */
public final class Ticks {
  private final long scheduleId;
  private final Timing timing;
  private final Series series;
  private final List<CalendarDays> include;
  private final List<CalendarDays> exclude;
  private final List<Freeze> freezes;

  /**
   * @param calendars by name, at least those that the timing names
   */
  public Ticks(
      long scheduleId, Timing timing, Map<String, CalendarDays> calendars, List<Freeze> freezes) {
    this.scheduleId = scheduleId;
    this.timing = timing;
    this.series = Series.of(timing);
    this.include = chosen(calendars, timing.include());
    this.exclude = chosen(calendars, timing.exclude());
    this.freezes = freezes;
  }

  /** The first tick after this moment, whether it fires or not. */
  public Optional<Tick> next(Instant after) {
    return moment(after).map(this::tick);
  }

  /** The first tick at or after this moment; of a fixed delay the one that was agreed on. */
  public Optional<Tick> at(Instant from) {
    if (timing.trigger() instanceof Trigger.FixedDelay) {
      return Optional.of(plain(from)).filter(this::isBeforeEnd).map(this::tick);
    }
    return next(from.minusNanos(1));
  }

  /** The ticks from a moment until before another, at most so many. */
  public List<Tick> between(Instant from, Instant to, int most) {
    List<Tick> ticks = new ArrayList<>();
    Optional<Tick> tick = next(from.minusNanos(1));
    while (tick.isPresent() && ticks.size() < most && tick.get().at().isBefore(to)) {
      ticks.add(tick.get());
      tick = next(tick.get().at());
    }
    return ticks;
  }

  /** The tick of a fixed delay after the end of a job; empty when it lies behind the end. */
  public Optional<Tick> afterEnd(Instant ended) {
    if (!(timing.trigger() instanceof Trigger.FixedDelay fixed)) {
      return Optional.empty();
    }
    return Optional.of(plain(ended.plus(fixed.delay()))).filter(this::isBeforeEnd).map(this::tick);
  }

  private Optional<Series.Moment> moment(Instant after) {
    Instant start = timing.start();
    Instant from = start != null && after.isBefore(start) ? start.minusNanos(1) : after;
    return series.next(from).filter(this::isBeforeEnd);
  }

  private boolean isBeforeEnd(Series.Moment moment) {
    return timing.end() == null || moment.at().isBefore(timing.end());
  }

  private Series.Moment plain(Instant at) {
    return new Series.Moment(at, LocalDateTime.ofInstant(at, timing.zone()), false, false, true);
  }

  private Tick tick(Series.Moment moment) {
    EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
    if (moment.inGap()) {
      flags.add(Flag.GAP);
    }
    if (moment.inFold()) {
      flags.add(Flag.OVERLAP);
    }
    if (!allowed(moment.at())) {
      flags.add(Flag.CALENDAR);
    }
    if (freezes.stream().anyMatch(freeze -> freeze.contains(moment.at()))) {
      flags.add(Flag.FREEZE);
    }
    boolean fires =
        moment.fires() && !flags.contains(Flag.CALENDAR) && !flags.contains(Flag.FREEZE);
    return new Tick(moment.at(), due(moment.at()), moment.wall(), flags, fires);
  }

  private boolean allowed(Instant at) {
    return (include.isEmpty() || include.stream().anyMatch(calendar -> calendar.contains(at)))
        && exclude.stream().noneMatch(calendar -> calendar.contains(at));
  }

  /** Never behind the next tick, so that ticks become due in their order. */
  private Instant due(Instant at) {
    if (timing.jitter().isZero()) {
      return at;
    }
    Duration room =
        moment(at)
            .map(next -> Duration.between(at, next.at()))
            .filter(distance -> distance.compareTo(timing.jitter()) < 0)
            .orElse(timing.jitter());
    long part = Long.remainderUnsigned(mixed(scheduleId ^ mixed(at.toEpochMilli())), 10_000);
    return at.plusMillis(room.toMillis() * part / 10_000);
  }

  /** SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static List<CalendarDays> chosen(
      Map<String, CalendarDays> calendars, List<String> names) {
    List<CalendarDays> chosen = new ArrayList<>();
    for (String name : names) {
      CalendarDays days = calendars.get(name);
      if (days != null) {
        chosen.add(days);
      }
    }
    return List.copyOf(chosen);
  }
}
