package io.hodei.schedules.control;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A cron expression as a series of local times. Knows no zone: what a local time is on a clock that
 * jumps, {@link Ticks} decides. Why this is no library: ADR 16.
 */
public final class Cron {
  /** 29 February can be eight years away. */
  private static final int MOST_MONTHS = 12 * 9;

  private final long seconds;
  private final long minutes;
  private final long hours;
  private final long months;
  private final CronDays days;

  Cron(long seconds, long minutes, long hours, long months, CronDays days) {
    this.seconds = seconds;
    this.minutes = minutes;
    this.hours = hours;
    this.months = months;
    this.days = days;
  }

  /**
   * Reads an expression of five or six fields, or a name such as {@code @daily}.
   *
   * @throws IllegalArgumentException saying which field is wrong and what it takes
   */
  public static Cron of(String expression) {
    return CronSyntax.read(expression);
  }

  /** The first of its times after this one; empty when there is none. */
  public Optional<LocalDateTime> next(LocalDateTime after) {
    LocalDateTime from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    YearMonth month = YearMonth.from(from);
    for (int i = 0; i < MOST_MONTHS; i++, month = month.plusMonths(1)) {
      if ((months & (1L << month.getMonthValue())) == 0) {
        continue;
      }
      long meant = days.in(month);
      int day = i == 0 ? from.getDayOfMonth() : 1;
      while ((day = atLeast(meant, day)) >= 0) {
        boolean today = i == 0 && day == from.getDayOfMonth();
        int second = today ? secondOfDay(from) : secondOfDay(0, 0, 0);
        if (second >= 0) {
          return Optional.of(month.atDay(day).atStartOfDay().plusSeconds(second));
        }
        day++;
      }
    }
    return Optional.empty();
  }

  /** The first second of the day at or after a time of it; -1 when none is left. */
  private int secondOfDay(LocalDateTime from) {
    return secondOfDay(from.getHour(), from.getMinute(), from.getSecond());
  }

  private int secondOfDay(int fromHour, int fromMinute, int fromSecond) {
    for (int hour = atLeast(hours, fromHour); hour >= 0; hour = atLeast(hours, hour + 1)) {
      int minute = atLeast(minutes, hour == fromHour ? fromMinute : 0);
      for (; minute >= 0; minute = atLeast(minutes, minute + 1)) {
        boolean first = hour == fromHour && minute == fromMinute;
        int second = atLeast(seconds, first ? fromSecond : 0);
        if (second >= 0) {
          return (hour * 60 + minute) * 60 + second;
        }
      }
    }
    return -1;
  }

  /** The lowest bit at or above a place; -1 when there is none. */
  private static int atLeast(long bits, int place) {
    long rest = place > 63 ? 0 : bits & (-1L << place);
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }
}
