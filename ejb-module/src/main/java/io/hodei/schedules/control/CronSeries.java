package io.hodei.schedules.control;

import io.hodei.schedules.entity.Timing.Fold;
import io.hodei.schedules.entity.Timing.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a cron expression on the clock of a zone. Walks the stretches between two jumps of
 * the clock: in each the local times follow each other without gap and double, and what a jump
 * swallows is added to the stretch that begins with it.
 */
final class CronSeries implements Series {
  private static final Duration HORIZON = Duration.ofDays(366 * 9);

  private final Cron cron;
  private final ZoneRules rules;
  private final Gap gap;
  private final Fold fold;

  CronSeries(Cron cron, ZoneId zone, Gap gap, Fold fold) {
    this.cron = cron;
    this.rules = zone.getRules();
    this.gap = gap;
    this.fold = fold;
  }

  @Override
  public Optional<Moment> next(Instant after) {
    Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Instant horizon = from.plus(HORIZON);
    while (from.isBefore(horizon)) {
      ZoneOffsetTransition end = rules.nextTransition(from);
      Optional<Moment> moment = inStretch(from, rules.previousTransition(from.plusNanos(1)), end);
      if (moment.isPresent() || end == null) {
        return moment;
      }
      from = end.getInstant();
    }
    return Optional.empty();
  }

  private Optional<Moment> inStretch(
      Instant from, @Nullable ZoneOffsetTransition begin, @Nullable ZoneOffsetTransition end) {
    Optional<Moment> shown = shown(from, begin, end);
    Optional<Moment> swallowed =
        begin != null && begin.isGap() ? swallowed(from, begin) : Optional.empty();
    if (shown.isEmpty() || swallowed.isEmpty()) {
      return shown.or(() -> swallowed);
    }
    int order = shown.get().at().compareTo(swallowed.get().at());
    if (order != 0) {
      return order < 0 ? shown : swallowed;
    }
    Moment at = shown.get();
    return Optional.of(new Moment(at.at(), at.wall(), true, at.inFold(), true));
  }

  /** The next one that the clock shows. */
  private Optional<Moment> shown(
      Instant from, @Nullable ZoneOffsetTransition begin, @Nullable ZoneOffsetTransition end) {
    ZoneOffset offset = rules.getOffset(from);
    LocalDateTime wall = LocalDateTime.ofInstant(from, offset);
    LocalDateTime again = begin != null && begin.isOverlap() ? begin.getDateTimeBefore() : null;
    if (again != null && wall.isBefore(again) && fold == Fold.FIRST) {
      wall = again;
    }
    Optional<LocalDateTime> next = cron.next(wall.minusSeconds(1));
    if (next.isEmpty()) {
      return Optional.empty();
    }
    LocalDateTime meant = next.get();
    Instant at = meant.toInstant(offset);
    if (end != null && !at.isBefore(end.getInstant())) {
      return Optional.empty();
    }
    boolean first = end != null && end.isOverlap() && !meant.isBefore(end.getDateTimeAfter());
    boolean second = again != null && meant.isBefore(again);
    if (first && fold == Fold.SECOND) {
      return Optional.empty();
    }
    return Optional.of(new Moment(at, meant, false, first || second, true));
  }

  /** The next one that the clock jumps over. */
  private Optional<Moment> swallowed(Instant from, ZoneOffsetTransition jump) {
    if (gap != Gap.RUN_AT_NEXT_VALID) {
      if (from.isAfter(jump.getInstant())) {
        return Optional.empty();
      }
      return cron.next(jump.getDateTimeBefore().minusSeconds(1))
          .filter(wall -> wall.isBefore(jump.getDateTimeAfter()))
          .map(wall -> new Moment(jump.getInstant(), wall, true, false, gap != Gap.SKIP));
    }
    LocalDateTime lowest = LocalDateTime.ofInstant(from, jump.getOffsetBefore());
    return cron.next(lowest.minusSeconds(1))
        .filter(wall -> wall.isBefore(jump.getDateTimeAfter()))
        .map(wall -> new Moment(wall.toInstant(jump.getOffsetBefore()), wall, true, false, true));
  }
}
