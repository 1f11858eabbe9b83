package io.hodei.schedules.entity;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The times a calendar names: holidays, or working hours. A time belongs to it when one of the
 * parts names it.
 *
 * @param zone in which days and hours are meant
 * @param annual days of every year
 * @param weekly hours of each weekday
 */
public record CalendarDays(
    ZoneId zone,
    Set<LocalDate> dates,
    Set<MonthDay> annual,
    Map<DayOfWeek, List<Hours>> weekly,
    List<Period> periods) {
  /**
   * A part of a day.
   *
   * @param from in seconds of the day
   * @param to behind its last second, up to 86,400
   */
  public record Hours(int from, int to) {
    boolean contains(LocalTime time) {
      int second = time.toSecondOfDay();
      return from <= second && second < to;
    }
  }

  /** From one moment until before another. */
  public record Period(Instant from, Instant to) {
    boolean contains(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  public boolean contains(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    LocalDate date = local.toLocalDate();
    return dates.contains(date)
        || annual.contains(MonthDay.from(date))
        || weekly.getOrDefault(date.getDayOfWeek(), List.of()).stream()
            .anyMatch(hours -> hours.contains(local.toLocalTime()))
        || periods.stream().anyMatch(period -> period.contains(time));
  }
}
