package io.hodei.events;

import io.hodei.platform.Database;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Reads the kept events of a tenant. */
@Stateless
public class EventReading {
  private static final int ROWS = 500;
  private static final int BYTES = 128 << 10;
  private static final int MOST_SCANS = 20;

  private final TenantDatabase tenants;

  @Inject
  public EventReading(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected EventReading() {
    this(null);
  }

  /**
   * The events of the topics behind a cursor. Looks at some ten thousand events at most: with a
   * rare topic a page may be short, or empty, and still have more behind it.
   */
  public EventPage page(Caller caller, TopicFilter topics, EventCursor after, int limit) {
    Database database = tenants.in(caller.tenantId());
    List<CloudEvent> found = new ArrayList<>();
    EventCursor cursor = after;
    for (int scan = 0; scan < MOST_SCANS; scan++) {
      List<OutboxRow> rows = rows(database, caller, cursor);
      for (OutboxRow row : rows) {
        if (topics.accepts(row.topic())) {
          cursor = take(row, cursor, limit, found);
          if (found.size() == limit) {
            return new EventPage(found, cursor, true);
          }
        }
        cursor = EventCursor.behind(row.position());
      }
      if (rows.isEmpty()) {
        return new EventPage(found, cursor, false);
      }
    }
    return new EventPage(found, cursor, true);
  }

  private static EventCursor take(
      OutboxRow row, EventCursor after, int limit, List<CloudEvent> found) {
    EventCursor cursor = after;
    for (CloudEvent event : row.events()) {
      if (event.at().compareTo(after) > 0 && found.size() < limit) {
        found.add(event);
        cursor = event.at();
      }
    }
    return cursor;
  }

  private static List<OutboxRow> rows(Database database, Caller caller, EventCursor after) {
    boolean wholeRowSeen = after.index() == Integer.MAX_VALUE;
    return database
        .sql(OutboxSql.AFTER_OF_TENANT)
        .set("tenant", caller.tenantId())
        .set("position", wholeRowSeen ? after.position() + 1 : after.position())
        .set("rows", ROWS)
        .set("bytes", BYTES)
        .list(Outbox::row);
  }
}
