package io.hodei.schedules.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.schedules.entity.CalendarDays;
import io.hodei.schedules.entity.CalendarDays.Hours;
import io.hodei.schedules.entity.CalendarDays.Period;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Calendars as JSON: read with all that is wrong at once, and written. */
public final class CalendarInput {
  static final int MOST_DAYS = 10_000;
  private static final int DAY_SECONDS = 86_400;

  private CalendarInput() {}

  /**
   * Reads a calendar.
   *
   * @throws io.hodei.platform.DomainException INVALID with a pointer for each thing that is wrong
   */
  public static CalendarDays read(Json json) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(json, "", errors);
    CalendarDays days =
        new CalendarDays(
            TimingInput.zone(fields),
            dates(fields),
            annual(fields),
            weekly(fields),
            periods(fields, errors));
    fields.finish();
    errors.refuse();
    return days;
  }

  /** Writes the members into the object that is open. */
  public static void write(JsonWriter out, CalendarDays days) {
    String zone = days.zone().getId();
    out.member("zone", zone.equals("Z") ? "UTC" : zone);
    out.texts("dates", days.dates().stream().sorted().map(LocalDate::toString).toList());
    out.texts(
        "annual", days.annual().stream().sorted().map(day -> day.toString().substring(2)).toList());
    out.object("weekly");
    days.weekly()
        .forEach(
            (day, hours) ->
                out.texts(
                    day.name().substring(0, 3), hours.stream().map(CalendarInput::text).toList()));
    out.endObject().array("periods");
    days.periods()
        .forEach(
            period ->
                out.object().member("from", period.from()).member("to", period.to()).endObject());
    out.endArray();
  }

  static String text(CalendarDays days) {
    JsonWriter out = new JsonWriter().object();
    write(out, days);
    return out.endObject().toString();
  }

  private static Set<LocalDate> dates(JsonFields fields) {
    Set<LocalDate> dates = new TreeSet<>();
    List<String> texts = fields.texts("dates", MOST_DAYS, 10);
    for (int i = 0; texts != null && i < texts.size(); i++) {
      try {
        dates.add(LocalDate.parse(texts.get(i)));
      } catch (DateTimeException e) {
        fields.refuse("dates", "has at %d no date; write it as 2026-12-25".formatted(i));
      }
    }
    return dates;
  }

  private static Set<MonthDay> annual(JsonFields fields) {
    Set<MonthDay> days = new TreeSet<>();
    List<String> texts = fields.texts("annual", 366, 5);
    for (int i = 0; texts != null && i < texts.size(); i++) {
      try {
        days.add(MonthDay.parse("--" + texts.get(i)));
      } catch (DateTimeException e) {
        fields.refuse("annual", "has at %d no day of the year; write it as 12-25".formatted(i));
      }
    }
    return days;
  }

  private static Map<DayOfWeek, List<Hours>> weekly(JsonFields fields) {
    Map<DayOfWeek, List<Hours>> weekly = new EnumMap<>(DayOfWeek.class);
    JsonFields week = fields.object("weekly");
    if (week == null) {
      return weekly;
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().substring(0, 3);
      List<String> texts = week.texts(name, 24, 11);
      if (texts != null) {
        weekly.put(day, texts.stream().map(text -> hours(week, name, text)).toList());
      }
    }
    week.finish();
    return weekly;
  }

  private static Hours hours(JsonFields week, String day, String text) {
    String[] parts = text.split("-", 2);
    try {
      if (parts.length == 2) {
        int from = LocalTime.parse(parts[0]).toSecondOfDay();
        int to = parts[1].equals("24:00") ? DAY_SECONDS : LocalTime.parse(parts[1]).toSecondOfDay();
        if (from < to) {
          return new Hours(from, to);
        }
      }
    } catch (DateTimeException e) {
      // The sentence below says it.
    }
    week.refuse(day, "has no hours of a day: write them as 09:00-17:00, up to 24:00");
    return new Hours(0, 0);
  }

  private static String text(Hours hours) {
    return LocalTime.ofSecondOfDay(hours.from())
        + "-"
        + (hours.to() == DAY_SECONDS ? "24:00" : LocalTime.ofSecondOfDay(hours.to()).toString());
  }

  private static List<Period> periods(JsonFields fields, FieldErrors errors) {
    List<Period> periods = new ArrayList<>();
    Json given = fields.any("periods");
    if (given == null) {
      return periods;
    }
    if (!(given instanceof Json.Arr array) || array.items().size() > MOST_DAYS) {
      fields.refuse("periods", "must be an array of at most %d periods".formatted(MOST_DAYS));
      return periods;
    }
    for (int i = 0; i < array.items().size(); i++) {
      JsonFields period =
          JsonFields.of(array.items().get(i), fields.at("periods") + "/" + i, errors);
      Instant from = period.instant("from");
      Instant to = period.instant("to");
      period.finish();
      if (from != null && to != null && from.isBefore(to)) {
        periods.add(new Period(from, to));
      } else if (errors.isEmpty()) {
        period.refuse("to", "must be after from; both are required");
      }
    }
    return periods;
  }
}
