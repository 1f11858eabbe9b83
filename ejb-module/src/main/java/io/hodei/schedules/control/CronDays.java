package io.hodei.schedules.control;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The days of a cron expression. When both the day of month and the day of week are restricted (are
 * neither {@code *} nor {@code ?}), a day that fits one of them is meant, as in every cron.
 */
final class CronDays {
  private boolean daysRestricted;
  private boolean weekdaysRestricted;
  private long days;
  private long fromLast;
  private long nearestWorkday;
  private boolean lastWorkday;
  private long weekdays;
  private long lastOfKind;
  private final long[] nthOfKind = new long[6];

  void addDays(long bits) {
    daysRestricted = true;
    days |= bits;
  }

  void addFromLast(int daysBefore) {
    daysRestricted = true;
    fromLast |= 1L << daysBefore;
  }

  void addNearestWorkday(int day) {
    daysRestricted = true;
    nearestWorkday |= 1L << day;
  }

  void addLastWorkday() {
    daysRestricted = true;
    lastWorkday = true;
  }

  /** Weekdays are 0 (Sunday) to 6. */
  void addWeekdays(long bits) {
    weekdaysRestricted = true;
    weekdays |= bits;
  }

  void addLastOfKind(int weekday) {
    weekdaysRestricted = true;
    lastOfKind |= 1L << weekday;
  }

  void addNthOfKind(int weekday, int count) {
    weekdaysRestricted = true;
    nthOfKind[count] |= 1L << weekday;
  }

  /** The days of a month, day 1 as bit 1. */
  long in(YearMonth month) {
    int length = month.lengthOfMonth();
    long all = (1L << (length + 1)) - 2;
    if (!daysRestricted && !weekdaysRestricted) {
      return all;
    }
    int first = month.atDay(1).getDayOfWeek().getValue() % 7;
    long result = daysRestricted ? byDay(month, length) : 0;
    for (int day = 1; weekdaysRestricted && day <= length; day++) {
      long weekday = 1L << ((first + day - 1) % 7);
      boolean last = day + 7 > length;
      long meant = weekdays | (last ? lastOfKind : 0) | nthOfKind[(day - 1) / 7 + 1];
      if ((meant & weekday) != 0) {
        result |= 1L << day;
      }
    }
    return result & all;
  }

  private long byDay(YearMonth month, int length) {
    long result = days;
    for (int before = 0; before < length; before++) {
      if ((fromLast & (1L << before)) != 0) {
        result |= 1L << (length - before);
      }
    }
    if (lastWorkday) {
      result |= 1L << nearestWorkday(month, length);
    }
    for (int day = 1; day <= length; day++) {
      if ((nearestWorkday & (1L << day)) != 0) {
        result |= 1L << nearestWorkday(month, day);
      }
    }
    return result;
  }

  /** Monday to Friday, in the same month. */
  private static int nearestWorkday(YearMonth month, int day) {
    LocalDate date = month.atDay(day);
    int length = month.lengthOfMonth();
    if (date.getDayOfWeek() == DayOfWeek.SATURDAY) {
      return day == 1 ? 3 : day - 1;
    } else if (date.getDayOfWeek() == DayOfWeek.SUNDAY) {
      return day == length ? day - 2 : day + 1;
    }
    return day;
  }
}
