package io.hodei.schedules.control;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Ids;
import io.hodei.schedules.control.BackfillRows.Range;
import io.hodei.schedules.entity.Backfill;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.SchedulesChanged;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Trigger;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** The steps of making a backfill. */
@Dependent
public class BackfillEdits {
  private static final int MOST_TICKS = 100_000;

  private final BackfillRows rows;
  private final ScheduleRows schedules;
  private final CalendarRows calendars;
  private final Ids ids;
  private final Event<SchedulesChanged> changed;

  @Inject
  public BackfillEdits(
      BackfillRows rows,
      ScheduleRows schedules,
      CalendarRows calendars,
      Ids ids,
      Event<SchedulesChanged> changed) {
    this.rows = rows;
    this.schedules = schedules;
    this.calendars = calendars;
    this.ids = ids;
    this.changed = changed;
  }

  public Backfill create(
      Database database, Caller caller, Schedule schedule, JsonFields fields, FieldErrors errors) {
    Instant now = schedules.now(database);
    Instant from = required(fields, "from", errors, now);
    Instant to = required(fields, "to", errors, now);
    Long concurrency = fields.integer("concurrency", 1, 500);
    Boolean goOn = fields.flag("continueOnFailure");
    Boolean reprocess = fields.flag("reprocess");
    fields.finish();
    if (errors.isEmpty() && !from.isBefore(to)) {
      fields.refuse("to", "is not after from");
    } else if (errors.isEmpty() && to.isAfter(now)) {
      fields.refuse("to", "lies in the future; what is to come fires by itself");
    }
    errors.refuse();
    Range range =
        new Range(
            from,
            to,
            concurrency == null ? 1 : concurrency.intValue(),
            Boolean.TRUE.equals(goOn),
            Boolean.TRUE.equals(reprocess),
            count(database, schedule, from, to));
    long id = ids.next();
    rows.insert(database, caller.tenantId(), caller.tokenId(), id, schedule.id(), range);
    changed.fire(new SchedulesChanged());
    return rows.byId(database, caller.tenantId(), id).orElseThrow();
  }

  private int count(Database database, Schedule schedule, Instant from, Instant to) {
    if (schedule.definition().timing().trigger() instanceof Trigger.FixedDelay) {
      throw DomainException.invalid(
          "/from", "cannot be filled: the ticks of a fixed delay depend on the jobs before them");
    }
    Ticks ticks =
        new Ticks(
            schedule.id(),
            schedule.definition().timing(),
            calendars
                .surroundings(
                    database, schedule.tenantId(), List.of(schedule.definition().timing()))
                .calendars(),
            List.of());
    List<Tick> found = ticks.between(from, to, MOST_TICKS + 1);
    if (found.size() > MOST_TICKS) {
      throw DomainException.invalid(
          "/to", "leaves more than %d ticks in the range; fill it in parts".formatted(MOST_TICKS));
    }
    int count = (int) found.stream().filter(Tick::fires).count();
    if (count == 0) {
      throw DomainException.invalid(
          "/from", "begins a range in which the schedule has no tick; see its preview");
    }
    return count;
  }

  private static Instant required(
      JsonFields fields, String name, FieldErrors errors, Instant otherwise) {
    boolean fine = errors.isEmpty();
    Instant given = fields.instant(name);
    if (given == null && fine && errors.isEmpty()) {
      fields.refuse(name, "is required");
    }
    return given == null ? otherwise : given;
  }
}
