package io.hodei.schedules.control;

import io.hodei.json.JsonWriter;
import io.hodei.platform.Database;
import io.hodei.platform.OutboxWritten;
import io.hodei.schedules.control.FiringRows.End;
import io.hodei.schedules.control.FiringRows.Open;
import io.hodei.schedules.control.ScheduleRows.Change;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleState;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Trigger;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the end of a job means for its schedule. */
@Dependent
public class Settling {
  private static final Set<String> FAILED = Set.of("FAILED", "TIMED_OUT", "EXPIRED");

  private final ScheduleRows schedules;
  private final FiringRows rows;
  private final CalendarRows calendars;
  private final Firings firings;
  private final Event<OutboxWritten> outbox;

  @Inject
  public Settling(
      ScheduleRows schedules,
      FiringRows rows,
      CalendarRows calendars,
      Firings firings,
      Event<OutboxWritten> outbox) {
    this.schedules = schedules;
    this.rows = rows;
    this.calendars = calendars;
    this.firings = firings;
    this.outbox = outbox;
  }

  /**
   * Takes over how jobs ended: counts failures and pauses, sets the next time of a fixed delay,
   * starts what waited.
   */
  public void settle(Database database, long tenantId, long scheduleId) {
    Schedule schedule = schedules.lock(database, tenantId, scheduleId).orElse(null);
    if (schedule == null) {
      return;
    }
    List<End> ends =
        rows.takeEnds(database, tenantId, scheduleId, 0).stream()
            .filter(end -> end.backfillId() == 0)
            .toList();
    if (ends.isEmpty()) {
      return;
    }
    int failures = failures(schedule.failures(), ends);
    int most = schedule.definition().pauseAfterFailures();
    if (schedule.state() == ScheduleState.ACTIVE && most > 0 && failures >= most) {
      pause(database, schedule, failures);
      return;
    }
    Open open =
        rows.open(database, tenantId, new long[] {scheduleId}).getOrDefault(scheduleId, Open.NONE);
    boolean waited =
        schedule.state() == ScheduleState.ACTIVE
            && schedule.nextTick() == null
            && schedule.definition().timing().trigger() instanceof Trigger.FixedDelay;
    if (waited) {
      Tick next = afterEnd(database, schedule, ends, open);
      ScheduleState state =
          next == null && open.active() == 0 ? ScheduleState.ENDED : ScheduleState.ACTIVE;
      schedules.settle(
          database, schedule, new Change(schedule.definition(), state, next, null, failures));
    } else if (failures != schedule.failures()) {
      schedules.settle(database, schedule, unchanged(schedule, failures));
    }
    if (open.active() == 0 && open.buffered() > 0) {
      rows.oldestBuffered(database, tenantId, scheduleId)
          .ifPresent(buffered -> firings.startBuffered(database, schedule, buffered));
    }
  }

  private static int failures(int before, List<End> ends) {
    int failures = before;
    for (End end : ends) {
      if (end.state().equals("SUCCEEDED")) {
        failures = 0;
      } else if (FAILED.contains(end.state())) {
        failures++;
      }
    }
    return failures;
  }

  private void pause(Database database, Schedule schedule, int failures) {
    String reason = "%d jobs in a row failed".formatted(failures);
    schedules.settle(
        database,
        schedule,
        new Change(schedule.definition(), ScheduleState.PAUSED, null, reason, failures));
    rows.skipBuffered(database, schedule.tenantId(), schedule.id(), "the schedule was paused");
    rows.note(
        database,
        schedule.tenantId(),
        "schedule.paused",
        new JsonWriter()
            .array()
            .object()
            .member("schedule", schedule.name())
            .member("reason", reason)
            .endObject()
            .endArray());
    outbox.fire(new OutboxWritten());
  }

  private @Nullable Tick afterEnd(Database database, Schedule schedule, List<End> ends, Open open) {
    if (open.active() > 0) {
      return null;
    }
    Instant last = ends.getLast().at();
    return calendars
        .surroundings(database, schedule.tenantId(), List.of(schedule.definition().timing()))
        .ticks(schedule.id(), schedule.definition().timing())
        .afterEnd(last)
        .orElse(null);
  }

  /** Only the failures change; the next time stays. */
  private static Change unchanged(Schedule schedule, int failures) {
    Instant next = schedule.nextTick();
    Instant due = schedule.nextRunAt();
    Tick tick =
        next == null || due == null ? null : new Tick(next, due, LocalDateTime.MIN, Set.of(), true);
    return new Change(schedule.definition(), schedule.state(), tick, schedule.reason(), failures);
  }
}
