package io.hodei.schedules.control;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;

/**
 * Says of one local time whether a cron expression means it, word by word from the definition.
 * Shares no code with the product and is in no hurry: the oracle.
 */
final class CronByDefinition {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private final String[] fields;

  CronByDefinition(String expression) {
    String[] given = expression.split(" ");
    fields = given.length == 6 ? given : ("0 " + expression).split(" ");
  }

  boolean means(LocalDateTime time) {
    return timeOfDay(time) && date(time.toLocalDate());
  }

  boolean timeOfDay(LocalDateTime time) {
    return plain(fields[0], time.getSecond(), 59)
        && plain(fields[1], time.getMinute(), 59)
        && plain(fields[2], time.getHour(), 23);
  }

  /** A restricted day of month and a restricted day of week: either is enough. */
  boolean date(LocalDate date) {
    if (!plain(months(fields[4]), date.getMonthValue(), 12)) {
      return false;
    }
    boolean anyDay = fields[3].equals("*") || fields[3].equals("?");
    boolean anyWeekday = fields[5].equals("*") || fields[5].equals("?");
    if (anyDay || anyWeekday) {
      return (anyDay || day(date)) && (anyWeekday || weekday(date));
    }
    return day(date) || weekday(date);
  }

  private boolean day(LocalDate date) {
    for (String item : fields[3].split(",")) {
      int last = date.lengthOfMonth();
      boolean match;
      if (item.equals("L")) {
        match = date.getDayOfMonth() == last;
      } else if (item.equals("LW")) {
        match = date.equals(lastWorkday(date));
      } else if (item.startsWith("L-")) {
        match = date.getDayOfMonth() == last - Integer.parseInt(item.substring(2));
      } else if (item.endsWith("W")) {
        match = date.equals(nearestWorkday(date, Integer.parseInt(item.replace("W", ""))));
      } else {
        match = plain(item, date.getDayOfMonth(), 31);
      }
      if (match) {
        return true;
      }
    }
    return false;
  }

  private boolean weekday(LocalDate date) {
    int today = date.getDayOfWeek().getValue() % 7;
    for (String item : fields[5].split(",")) {
      boolean match;
      if (item.endsWith("L")) {
        match =
            today == number(item.substring(0, item.length() - 1))
                && date.plusDays(7).getMonthValue() != date.getMonthValue();
      } else if (item.contains("#")) {
        String[] parts = item.split("#");
        match =
            today == number(parts[0])
                && (date.getDayOfMonth() - 1) / 7 + 1 == Integer.parseInt(parts[1]);
      } else {
        String digits = item;
        for (int i = 6; i >= 0; i--) {
          digits = digits.replace(DAYS.get(i), String.valueOf(i));
        }
        match = plain(digits, today, 6) || (today == 0 && plain(digits, 7, 7));
        if (digits.startsWith("*/") && today == 0) {
          match = plain(digits, 0, 6);
        } else if (today == 0 && digits.contains("/") && !digits.contains("-")) {
          match = plain(digits, 0, 6);
        }
      }
      if (match) {
        return true;
      }
    }
    return false;
  }

  private static int number(String day) {
    return day.length() == 3 ? DAYS.indexOf(day) : Integer.parseInt(day) % 7;
  }

  private static LocalDate lastWorkday(LocalDate date) {
    LocalDate last = YearMonth.from(date).atEndOfMonth();
    while (isWeekend(last)) {
      last = last.minusDays(1);
    }
    return last;
  }

  /** Never leaves the month; a month without the day has none. */
  private static LocalDate nearestWorkday(LocalDate date, int day) {
    if (day > date.lengthOfMonth()) {
      return LocalDate.MIN;
    }
    LocalDate wanted = date.withDayOfMonth(day);
    for (int distance = 0; ; distance++) {
      for (LocalDate near : List.of(wanted.minusDays(distance), wanted.plusDays(distance))) {
        if (!isWeekend(near) && near.getMonth() == wanted.getMonth()) {
          return near;
        }
      }
    }
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static String months(String field) {
    String digits = field;
    for (int i = 12; i >= 1; i--) {
      digits = digits.replace(MONTHS.get(i - 1), String.valueOf(i));
    }
    return digits;
  }

  private static boolean plain(String field, int value, int max) {
    for (String item : field.split(",")) {
      String[] stepped = item.split("/");
      int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
      int from;
      int to;
      if (stepped[0].equals("*")) {
        from = max == 31 || max == 12 ? 1 : 0;
        to = max;
      } else if (stepped[0].contains("-")) {
        from = Integer.parseInt(stepped[0].split("-")[0]);
        to = Integer.parseInt(stepped[0].split("-")[1]);
      } else {
        from = Integer.parseInt(stepped[0]);
        to = stepped.length == 2 ? max : from;
      }
      if (value >= from && value <= to && (value - from) % step == 0) {
        return true;
      }
    }
    return false;
  }
}
