package io.hodei.schedules.boundary;

import io.hodei.json.JsonWriter;
import io.hodei.schedules.control.CalendarInput;
import io.hodei.schedules.control.ScheduleDocument;
import io.hodei.schedules.entity.CalendarDays;
import io.hodei.schedules.entity.ScheduleDefinition;

/** What people say about schedules and calendars, as JSON for those who show it. */
public final class ScheduleDocuments {
  private ScheduleDocuments() {}

  /** Writes the members into the object that is open. */
  public static void write(JsonWriter out, ScheduleDefinition definition) {
    ScheduleDocument.write(out, definition);
  }

  /** Writes the members into the object that is open. */
  public static void write(JsonWriter out, CalendarDays days) {
    CalendarInput.write(out, days);
  }
}
