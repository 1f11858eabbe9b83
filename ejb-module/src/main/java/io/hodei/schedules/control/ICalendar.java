package io.hodei.schedules.control;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.FieldError;
import io.hodei.schedules.entity.CalendarDays;
import io.hodei.schedules.entity.CalendarDays.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of an iCalendar file (RFC 5545): whole days become dates, others periods. Of
 * rules of repetition it knows the yearly one; every other is refused with its line rather than
 * misunderstood.
 */
public final class ICalendar {
  private static final int MOST_LINES = 200_000;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
  private static final int LONGEST_DAYS = 1_000;

  private final ZoneId zone;
  private final TreeSet<LocalDate> dates = new TreeSet<>();
  private final TreeSet<MonthDay> annual = new TreeSet<>();
  private final List<Period> periods = new ArrayList<>();

  private ICalendar(ZoneId zone) {
    this.zone = zone;
  }

  /** One line of the file, unfolded. */
  private record Line(int number, String name, Map<String, String> parameters, String value) {}

  /**
   * Adds the events of a file to a calendar.
   *
   * @throws DomainException INVALID with the number of the line that is not understood
   */
  public static CalendarDays add(CalendarDays before, String text) {
    ICalendar read = new ICalendar(before.zone());
    read.dates.addAll(before.dates());
    read.annual.addAll(before.annual());
    read.periods.addAll(before.periods());
    read.events(lines(text));
    if (read.dates.size() + read.periods.size() > CalendarInput.MOST_DAYS) {
      throw refusal(
          1, "the calendar would have more than %d days".formatted(CalendarInput.MOST_DAYS));
    }
    return new CalendarDays(
        before.zone(),
        read.dates,
        read.annual,
        before.weekly(),
        read.periods.stream().distinct().toList());
  }

  private void events(List<Line> lines) {
    if (lines.isEmpty()
        || !lines.getFirst().name.equals("BEGIN")
        || !lines.getFirst().value.equals("VCALENDAR")) {
      throw refusal(1, "an iCalendar file begins with BEGIN:VCALENDAR");
    }
    Map<String, Line> event = new HashMap<>();
    String open = "";
    for (Line line : lines) {
      if (line.name.equals("BEGIN") && line.value.equals("VEVENT")) {
        event.clear();
        open = "VEVENT";
      } else if (line.name.equals("BEGIN") && open.equals("VEVENT")) {
        open = line.value;
      } else if (line.name.equals("END") && line.value.equals("VEVENT")) {
        add(line, event);
        open = "";
      } else if (line.name.equals("END") && line.value.equals(open)) {
        open = "VEVENT";
      } else if (open.equals("VEVENT")) {
        event.put(line.name, line);
      }
    }
    if (!open.isEmpty()) {
      throw refusal(lines.getLast().number, "the event does not end; END:VEVENT is missing");
    }
  }

  private void add(Line end, Map<String, Line> event) {
    Line from = event.get("DTSTART");
    if (from == null) {
      throw refusal(end.number, "the event has no DTSTART");
    }
    Line status = event.get("STATUS");
    if (status != null && status.value.equals("CANCELLED")) {
      return;
    }
    for (String name : List.of("RDATE", "EXDATE", "RECURRENCE-ID")) {
      Line other = event.get(name);
      if (other != null) {
        throw refusal(other.number, name + " is not understood; export the events one by one");
      }
    }
    Line to = event.get("DTEND");
    Line duration = event.get("DURATION");
    Line rule = event.get("RRULE");
    try {
      if (from.value.length() == 8) {
        addDays(from, to, duration, rule);
      } else if (rule != null) {
        throw refusal(rule.number, "only whole days can repeat, every year");
      } else {
        addPeriod(from, to, duration);
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw refusal(from.number, "is no event with a valid time: " + e.getMessage());
    }
  }

  private void addDays(Line from, @Nullable Line to, @Nullable Line duration, @Nullable Line rule) {
    LocalDate first = LocalDate.parse(from.value, DATE);
    LocalDate behind = first.plusDays(1);
    if (to != null) {
      behind = LocalDate.parse(to.value, DATE);
    } else if (duration != null) {
      behind = first.plusDays(Math.max(1, duration(duration).toDays()));
    }
    if (!behind.isAfter(first) || first.plusDays(LONGEST_DAYS).isBefore(behind)) {
      throw refusal(from.number, "the event must last 1 to %d days".formatted(LONGEST_DAYS));
    }
    for (LocalDate day = first; day.isBefore(behind); day = day.plusDays(1)) {
      if (rule == null) {
        dates.add(day);
      } else if (rule.value.equals("FREQ=YEARLY") || rule.value.equals("FREQ=YEARLY;INTERVAL=1")) {
        annual.add(MonthDay.from(day));
      } else {
        throw refusal(
            rule.number, "only RRULE:FREQ=YEARLY is understood; export the events one by one");
      }
    }
  }

  private void addPeriod(Line from, @Nullable Line to, @Nullable Line duration) {
    Instant begin = instant(from);
    Instant end = begin;
    if (to != null) {
      end = instant(to);
    } else if (duration != null) {
      end = begin.plus(duration(duration));
    }
    if (!end.isAfter(begin)) {
      throw refusal(from.number, "the event has no length; DTEND or DURATION is missing or wrong");
    }
    periods.add(new Period(begin, end));
  }

  private Instant instant(Line line) {
    if (line.value.endsWith("Z")) {
      return LocalDateTime.parse(line.value.substring(0, line.value.length() - 1), TIME)
          .toInstant(ZoneOffset.UTC);
    }
    String named = line.parameters.get("TZID");
    ZoneId meant = named == null ? zone : ZoneId.of(named.replace("\"", ""));
    return LocalDateTime.parse(line.value, TIME).atZone(meant).toInstant();
  }

  private static Duration duration(Line line) {
    return line.value.endsWith("W")
        ? Duration.ofDays(7L * Integer.parseInt(line.value.replaceAll("\\D", "")))
        : Duration.parse(line.value);
  }

  /** Lines that begin with white space go on with the one before. */
  private static List<Line> lines(String text) {
    String[] raw = text.split("\r?\n", -1);
    if (raw.length > MOST_LINES) {
      throw refusal(MOST_LINES, "the file has more lines than that");
    }
    List<Line> lines = new ArrayList<>();
    StringBuilder logical = new StringBuilder();
    int begin = 1;
    for (int i = 0; i <= raw.length; i++) {
      boolean goesOn = i < raw.length && (raw[i].startsWith(" ") || raw[i].startsWith("\t"));
      if (goesOn) {
        logical.append(raw[i], 1, raw[i].length());
        continue;
      }
      if (!logical.isEmpty()) {
        lines.add(line(begin, logical.toString()));
      }
      logical.setLength(0);
      begin = i + 1;
      logical.append(i < raw.length ? raw[i] : "");
    }
    return lines;
  }

  private static Line line(int number, String text) {
    int colon = -1;
    boolean quoted = false;
    for (int i = 0; i < text.length() && colon < 0; i++) {
      quoted ^= text.charAt(i) == '"';
      colon = !quoted && text.charAt(i) == ':' ? i : -1;
    }
    if (colon < 0) {
      throw refusal(number, "is no line of iCalendar: there is no colon");
    }
    String[] head = text.substring(0, colon).split(";", -1);
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < head.length; i++) {
      String[] parameter = head[i].split("=", 2);
      parameters.put(
          parameter[0].toUpperCase(Locale.ROOT), parameter.length == 2 ? parameter[1] : "");
    }
    return new Line(
        number, head[0].toUpperCase(Locale.ROOT), parameters, text.substring(colon + 1).strip());
  }

  private static DomainException refusal(int line, String why) {
    String message = "line %d: %s".formatted(line, why);
    return new DomainException(
        ErrorCode.INVALID,
        "The iCalendar file is not understood at " + message + ".",
        List.of(new FieldError("", message)));
  }
}
