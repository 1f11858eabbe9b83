package io.hodei.schedules.boundary;

import io.hodei.json.Json;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.TenantDatabase;
import io.hodei.platform.Words;
import io.hodei.schedules.control.CalendarInput;
import io.hodei.schedules.control.CalendarRows;
import io.hodei.schedules.control.ICalendar;
import io.hodei.schedules.entity.Calendar;
import io.hodei.schedules.entity.CalendarDays;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calendars of a tenant. A change holds from the next tick on. */
@Stateless
public class CalendarControl {
  private final TenantDatabase databases;
  private final CalendarRows rows;

  @Inject
  public CalendarControl(TenantDatabase databases, CalendarRows rows) {
    this.databases = databases;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected CalendarControl() {
    this(null, null);
  }

  /** All, by name. */
  public List<Calendar> list(Caller caller) {
    return rows.all(databases.in(caller.tenantId()), caller.tenantId());
  }

  public Calendar get(Caller caller, String name) {
    return one(databases.in(caller.tenantId()), caller, name);
  }

  /** A calendar that was put. */
  public record Put(Calendar calendar, boolean created) {}

  public Put put(Caller caller, String name, Json body) {
    checkName(name);
    CalendarDays days = CalendarInput.read(body);
    Database database = databases.in(caller.tenantId());
    boolean created = rows.put(database, caller.tenantId(), name, days);
    return new Put(one(database, caller, name), created);
  }

  /** Adds the events of an iCalendar file; makes the calendar when there is none. */
  public Put importEvents(Caller caller, String name, String text) {
    checkName(name);
    Database database = databases.in(caller.tenantId());
    CalendarDays before =
        rows.byNames(database, caller.tenantId(), List.of(name)).stream()
            .findFirst()
            .map(Calendar::days)
            .orElse(new CalendarDays(ZoneOffset.UTC, Set.of(), Set.of(), Map.of(), List.of()));
    boolean created = rows.put(database, caller.tenantId(), name, ICalendar.add(before, text));
    return new Put(one(database, caller, name), created);
  }

  /**
   * Removes a calendar.
   *
   * @throws DomainException NOT_FOUND; CONFLICT while a schedule names it
   */
  public void delete(Caller caller, String name) {
    Database database = databases.in(caller.tenantId());
    List<String> users = rows.users(database, caller.tenantId(), name);
    if (!users.isEmpty()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Calendar %s is named by the schedules %s. Take it out of them first."
              .formatted(name, String.join(", ", users)));
    }
    if (!rows.delete(database, caller.tenantId(), name)) {
      throw DomainException.notFound("calendar", name);
    }
  }

  private Calendar one(Database database, Caller caller, String name) {
    return rows.byNames(database, caller.tenantId(), List.of(name)).stream()
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("calendar", name));
  }

  private static void checkName(String name) {
    if (!Words.isPool(name)) {
      throw DomainException.invalid(
          "/name",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
  }
}
