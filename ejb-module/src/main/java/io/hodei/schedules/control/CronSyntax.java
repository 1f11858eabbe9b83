package io.hodei.schedules.control;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads cron expressions, and says which field is wrong and what it takes. */
final class CronSyntax {
  private static final int LONGEST = 300;
  private static final Map<String, String> NAMED =
      Map.of(
          "@yearly", "0 0 0 1 1 *",
          "@annually", "0 0 0 1 1 *",
          "@monthly", "0 0 0 1 * *",
          "@weekly", "0 0 0 * * 0",
          "@daily", "0 0 0 * * *",
          "@midnight", "0 0 0 * * *",
          "@hourly", "0 0 * * * *");
  private static final Pattern RANGE = Pattern.compile("(\\*|\\w+)(?:-(\\w+))?(?:/(\\d{1,4}))?");
  private static final Pattern FROM_LAST = Pattern.compile("L-(\\d{1,2})");
  private static final Pattern NEAREST_WORKDAY = Pattern.compile("(\\d{1,2})W");
  private static final Pattern LAST_OF_KIND = Pattern.compile("(\\w+)L");
  private static final Pattern NTH_OF_KIND = Pattern.compile("(\\w+)#(\\d{1,2})");

  /** One of the six fields. */
  private enum Field {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY("day of month", 1, 31, List.of()),
    MONTH(
        "month",
        1,
        12,
        List.of(
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    WEEKDAY("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    final String title;
    final int min;
    final int max;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    final List<String> names;

    Field(String title, int min, int max, List<String> names) {
      this.title = title;
      this.min = min;
      this.max = max;
      this.names = names;
    }

    String takes() {
      String numbers = "%d-%d".formatted(min, max);
      return switch (this) {
        case DAY -> numbers + ", *, ?, L, L-3, LW, 15W, lists, ranges and steps";
        case WEEKDAY ->
            "0-7 (0 and 7 are Sunday) or SUN-SAT, *, ?, 5L, MON#2, lists, ranges and steps";
        case MONTH -> numbers + " or JAN-DEC, *, lists, ranges and steps";
        default -> numbers + ", *, lists (1,2), ranges (1-5) and steps (*/15)";
      };
    }
  }

  private CronSyntax() {}

  static Cron read(String expression) {
    String[] parts = split(expression);
    int missing = 6 - parts.length;
    CronDays days = new CronDays();
    days(Field.DAY, parts[3 - missing], days);
    days(Field.WEEKDAY, parts[5 - missing], days);
    return new Cron(
        missing == 1 ? 1 : numbers(Field.SECOND, parts[0]),
        numbers(Field.MINUTE, parts[1 - missing]),
        numbers(Field.HOUR, parts[2 - missing]),
        numbers(Field.MONTH, parts[4 - missing]),
        days);
  }

  private static String[] split(String expression) {
    String text = expression.strip().toUpperCase(Locale.ROOT);
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("is longer than %d characters".formatted(LONGEST));
    }
    if (text.startsWith("@")) {
      String named = NAMED.get(text.toLowerCase(Locale.ROOT));
      if (named == null) {
        throw new IllegalArgumentException(
            "is no known name; known are " + NAMED.keySet().stream().sorted().toList());
      }
      return named.split(" ");
    }
    String[] parts = text.isEmpty() ? new String[0] : text.split("\\s+");
    if (parts.length != 5 && parts.length != 6) {
      throw new IllegalArgumentException(
          "has %d fields; write minute hour day-of-month month day-of-week, or six with the second in front, for example 30 2 * * MON-FRI"
              .formatted(parts.length));
    }
    return parts;
  }

  private static long numbers(Field field, String text) {
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= range(field, item);
    }
    return bits;
  }

  private static void days(Field field, String text, CronDays days) {
    if (text.equals("*") || text.equals("?")) {
      return;
    }
    for (String item : text.split(",", -1)) {
      if (field == Field.DAY) {
        dayOfMonth(item, days);
      } else {
        dayOfWeek(item, days);
      }
    }
  }

  private static void dayOfMonth(String item, CronDays days) {
    Matcher fromLast = FROM_LAST.matcher(item);
    Matcher nearest = NEAREST_WORKDAY.matcher(item);
    if (item.equals("L")) {
      days.addFromLast(0);
    } else if (item.equals("LW")) {
      days.addLastWorkday();
    } else if (fromLast.matches()) {
      int before = Integer.parseInt(fromLast.group(1));
      check(Field.DAY, item, before <= 30);
      days.addFromLast(before);
    } else if (nearest.matches()) {
      days.addNearestWorkday(number(Field.DAY, item, nearest.group(1)));
    } else {
      days.addDays(range(Field.DAY, item));
    }
  }

  private static void dayOfWeek(String item, CronDays days) {
    Matcher last = LAST_OF_KIND.matcher(item);
    Matcher nth = NTH_OF_KIND.matcher(item);
    if (last.matches()) {
      days.addLastOfKind(number(Field.WEEKDAY, item, last.group(1)) % 7);
    } else if (nth.matches()) {
      int count = Integer.parseInt(nth.group(2));
      check(Field.WEEKDAY, item, count >= 1 && count <= 5);
      days.addNthOfKind(number(Field.WEEKDAY, item, nth.group(1)) % 7, count);
    } else {
      days.addWeekdays(range(Field.WEEKDAY, item));
    }
  }

  private static long range(Field field, String item) {
    Matcher range = RANGE.matcher(item);
    check(field, item, range.matches());
    boolean all = range.group(1).equals("*");
    check(field, item, !all || range.group(2) == null);
    int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
    check(field, item, step >= 1);
    int from = all ? field.min : number(field, item, range.group(1));
    int to = all || range.group(3) != null ? last(field) : from;
    if (range.group(2) != null) {
      to = number(field, item, range.group(2));
      if (to < from) {
        throw wrong(field, item, "the range ends before it begins; write it as two");
      }
    }
    long bits = 0;
    for (int number = from; number <= to; number += step) {
      bits |= 1L << (field == Field.WEEKDAY ? number % 7 : number);
    }
    return bits;
  }

  private static int last(Field field) {
    return field == Field.WEEKDAY ? 6 : field.max;
  }

  private static int number(Field field, String item, String text) {
    int named = field.names.indexOf(text);
    if (named >= 0) {
      return named + field.min;
    }
    check(field, item, text.matches("\\d{1,2}"));
    int number = Integer.parseInt(text);
    check(field, item, number >= field.min && number <= field.max);
    return number;
  }

  private static void check(Field field, String item, boolean holds) {
    if (!holds) {
      throw wrong(field, item, "it takes " + field.takes());
    }
  }

  private static IllegalArgumentException wrong(Field field, String item, String why) {
    String shown = item.length() > 40 ? item.substring(0, 40) + "…" : item;
    return new IllegalArgumentException("has '%s' as %s; %s".formatted(shown, field.title, why));
  }
}
