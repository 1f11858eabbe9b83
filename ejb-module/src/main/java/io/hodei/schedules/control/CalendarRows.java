package io.hodei.schedules.control;

import io.hodei.platform.Database;
import io.hodei.platform.Row;
import io.hodei.schedules.entity.Calendar;
import io.hodei.schedules.entity.CalendarDays;
import io.hodei.schedules.entity.Freeze;
import io.hodei.schedules.entity.Timing;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The rows of {@code calendars} and {@code freezes}. */
@Dependent
public class CalendarRows {
  /** What ticks depend on besides their own schedule. */
  public record Surroundings(Map<String, CalendarDays> calendars, List<Freeze> freezes) {
    /** Ticks as they will be fired. */
    public Ticks ticks(long scheduleId, Timing timing) {
      return new Ticks(scheduleId, timing, calendars, freezes);
    }
  }

  /** The calendars that these timings name, and all freezes. */
  public Surroundings surroundings(Database database, long tenantId, Collection<Timing> timings) {
    TreeSet<String> names = new TreeSet<>();
    timings.forEach(
        timing -> {
          names.addAll(timing.include());
          names.addAll(timing.exclude());
        });
    Map<String, CalendarDays> calendars = new HashMap<>();
    if (!names.isEmpty()) {
      byNames(database, tenantId, names)
          .forEach(calendar -> calendars.put(calendar.name(), calendar.days()));
    }
    return new Surroundings(calendars, freezes(database, tenantId));
  }

  public List<Calendar> all(Database database, long tenantId) {
    return database.sql(CalendarSql.ALL).set("tenant", tenantId).list(CalendarRows::calendar);
  }

  public List<Calendar> byNames(Database database, long tenantId, Collection<String> names) {
    return database
        .sql(CalendarSql.BY_NAMES)
        .set("tenant", tenantId)
        .set("names", names.toArray(String[]::new))
        .list(CalendarRows::calendar);
  }

  /** Whether it is a new one. */
  public boolean put(Database database, long tenantId, String name, CalendarDays days) {
    return database
            .sql(CalendarSql.PUT)
            .set("tenant", tenantId)
            .set("name", name)
            .set("document", CalendarInput.text(days))
            .one(row -> row.integer("version"))
        == 1;
  }

  public boolean delete(Database database, long tenantId, String name) {
    return database.sql(CalendarSql.DELETE).set("tenant", tenantId).set("name", name).update() == 1;
  }

  /** Some schedules that name a calendar. */
  public List<String> users(Database database, long tenantId, String name) {
    return database
        .sql(CalendarSql.USERS)
        .set("tenant", tenantId)
        .set("name", name)
        .list(row -> row.text("name"));
  }

  /** Those that hold, will hold or have held lately. */
  public List<Freeze> freezes(Database database, long tenantId) {
    return database
        .sql(CalendarSql.FREEZES)
        .set("tenant", tenantId)
        .list(
            row ->
                new Freeze(
                    row.number("id"),
                    row.flag("everything"),
                    row.text("reason"),
                    row.text("who"),
                    row.instant("from_at"),
                    row.instantOrNull("until_at")));
  }

  private static Calendar calendar(Row row) throws SQLException {
    return new Calendar(
        row.text("name"),
        CalendarInput.read(ScheduleDocument.json(row.text("document"))),
        row.integer("version"),
        row.instant("updated_at"));
  }
}
