package io.hodei.schedules.boundary;

import io.hodei.platform.Database;
import io.hodei.platform.TenantDatabase;
import io.hodei.schedules.control.CalendarRows;
import io.hodei.schedules.control.FiringRows;
import io.hodei.schedules.control.ScheduleEdits;
import io.hodei.schedules.control.ScheduleRows;
import io.hodei.schedules.control.Ticks;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleFilter;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Trigger;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads schedules of the caller's tenant, and says when they will fire. */
@Stateless
public class ScheduleLookup {
  /** Most ticks of one preview. */
  public static final int MOST_TICKS = 1_000;

  private static final Duration USUAL_RANGE = Duration.ofDays(366);

  private final TenantDatabase databases;
  private final ScheduleRows rows;
  private final FiringRows firings;
  private final CalendarRows calendars;
  private final ScheduleEdits edits;

  @Inject
  public ScheduleLookup(
      TenantDatabase databases,
      ScheduleRows rows,
      FiringRows firings,
      CalendarRows calendars,
      ScheduleEdits edits) {
    this.databases = databases;
    this.rows = rows;
    this.firings = firings;
    this.calendars = calendars;
    this.edits = edits;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ScheduleLookup() {
    this(null, null, null, null, null);
  }

  /**
   * The schedule with this name or id.
   *
   * @throws io.hodei.platform.DomainException NOT_FOUND
   */
  public Schedule get(Caller caller, String idOrName) {
    return edits.find(databases.in(caller.tenantId()), caller, idOrName);
  }

  /** Newest first; one more than asked for tells that there is another page. */
  public List<Schedule> list(Caller caller, ScheduleFilter filter, long before, int limit) {
    return rows.list(databases.in(caller.tenantId()), caller.tenantId(), filter, before, limit);
  }

  /**
   * What became of the ticks of a schedule, newest first; one more than asked for tells that there
   * is another page.
   *
   * @param state empty: any
   * @param backfillId -1: any, 0: none
   */
  public List<Firing> firings(
      Caller caller, String idOrName, String state, long backfillId, long before, int limit) {
    Database database = databases.in(caller.tenantId());
    Schedule schedule = edits.find(database, caller, idOrName);
    return firings.list(
        database, caller.tenantId(), schedule.id(), state, backfillId, before, limit);
  }

  /**
   * Ticks to come.
   *
   * @param more whether there are more in the range
   */
  public record Preview(
      Schedule schedule, Instant from, Instant to, List<Tick> ticks, boolean more) {}

  /**
   * The ticks of a range, made by the very function that fires them.
   *
   * @param from null: now
   * @param to null: a year later
   */
  public Preview preview(
      Caller caller, String idOrName, @Nullable Instant from, @Nullable Instant to, int limit) {
    Database database = databases.in(caller.tenantId());
    Schedule schedule = edits.find(database, caller, idOrName);
    Instant begin = from == null ? rows.now(database) : from;
    Instant end = to == null ? begin.plus(USUAL_RANGE) : to;
    Ticks ticks =
        calendars
            .surroundings(database, caller.tenantId(), List.of(schedule.definition().timing()))
            .ticks(schedule.id(), schedule.definition().timing());
    List<Tick> found = ticks(schedule, ticks, begin, end, limit + 1);
    boolean more = found.size() > limit;
    return new Preview(schedule, begin, end, more ? found.subList(0, limit) : found, more);
  }

  /** Of a fixed delay only the next one is known. */
  private static List<Tick> ticks(
      Schedule schedule, Ticks ticks, Instant from, Instant to, int most) {
    if (schedule.definition().timing().trigger() instanceof Trigger.FixedDelay) {
      Instant next = schedule.nextTick();
      return next == null || next.isBefore(from) || !next.isBefore(to)
          ? List.of()
          : ticks.at(next).stream().toList();
    }
    return ticks.between(from, to, most);
  }
}
