package io.hodei.schedules.control;

import io.hodei.json.JsonWriter;
import io.hodei.platform.Database;
import io.hodei.platform.OutboxWritten;
import io.hodei.schedules.control.CalendarRows.Surroundings;
import io.hodei.schedules.control.FiringRows.Made;
import io.hodei.schedules.control.FiringRows.NewFiring;
import io.hodei.schedules.control.FiringRows.Open;
import io.hodei.schedules.control.Launch.Order;
import io.hodei.schedules.control.ScheduleRows.Advance;
import io.hodei.schedules.control.ScheduleRows.Due;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.Tick;
import io.hodei.schedules.entity.Trigger;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fires due schedules of one tenant: rows of ticks, jobs and next times in one transaction. */
@Dependent
public class Firings {
  private final ScheduleRows schedules;
  private final FiringRows rows;
  private final CalendarRows calendars;
  private final Launch launch;
  private final Event<OutboxWritten> outbox;

  @Inject
  public Firings(
      ScheduleRows schedules,
      FiringRows rows,
      CalendarRows calendars,
      Launch launch,
      Event<OutboxWritten> outbox) {
    this.schedules = schedules;
    this.rows = rows;
    this.calendars = calendars;
    this.launch = launch;
    this.outbox = outbox;
  }

  /**
   * Fires those that are due and that nobody else is at; answers how late each tick was.
   *
   * @param refusal why no job can be made; null: jobs are made
   */
  public List<Duration> fire(
      Database database, long tenantId, long[] ids, @Nullable String refusal) {
    List<Due> due = schedules.lockDue(database, tenantId, ids);
    if (due.isEmpty()) {
      return List.of();
    }
    Surroundings around =
        calendars.surroundings(
            database,
            tenantId,
            due.stream().map(one -> one.schedule().definition().timing()).toList());
    Map<Long, Open> open =
        rows.open(database, tenantId, due.stream().mapToLong(one -> one.schedule().id()).toArray());
    Round round = new Round(database, tenantId, refusal);
    for (Due one : due) {
      round.plan(one, around, open.getOrDefault(one.schedule().id(), Open.NONE));
    }
    round.write();
    return round.lateness;
  }

  /** Starts one tick now, whatever runs beside it. */
  public Firing startNow(Database database, Schedule schedule, Instant now) {
    NewFiring row = rows.row(schedule.id(), now, Firing.STARTED, "");
    start(
        database, "MANUAL", 0, schedule.createdBy(), Map.of(schedule.id(), schedule), List.of(row));
    return rows.list(database, schedule.tenantId(), schedule.id(), "", -1, 0, 1).getFirst();
  }

  /** Starts a tick that waited. */
  void startBuffered(Database database, Schedule schedule, FiringRows.Buffered buffered) {
    List<Made> made =
        launch.start(
            database,
            schedule.tenantId(),
            schedule.createdBy(),
            List.of(new Order(schedule, buffered.tick())));
    rows.started(database, schedule.tenantId(), new long[] {buffered.id()}, made);
  }

  /** Gives ticks their rows and makes jobs of those that are to start; answers how many. */
  int start(
      Database database,
      String kind,
      long backfillId,
      long token,
      Map<Long, Schedule> byId,
      List<NewFiring> wanted) {
    if (wanted.isEmpty()) {
      return 0;
    }
    long tenantId = byId.values().iterator().next().tenantId();
    List<NewFiring> written = rows.insert(database, tenantId, kind, backfillId, wanted);
    List<NewFiring> starting =
        written.stream().filter(row -> row.state().equals(Firing.STARTED)).toList();
    List<Made> made = List.of();
    if (!starting.isEmpty()) {
      List<Order> orders = new ArrayList<>();
      starting.forEach(row -> orders.add(new Order(schedule(byId, row.scheduleId()), row.tick())));
      made = launch.start(database, tenantId, token, orders);
      rows.started(database, tenantId, starting.stream().mapToLong(NewFiring::id).toArray(), made);
    }
    note(database, tenantId, kind, byId, written, made);
    return starting.size();
  }

  private void note(
      Database database,
      long tenantId,
      String kind,
      Map<Long, Schedule> byId,
      List<NewFiring> written,
      List<Made> made) {
    if (written.isEmpty()) {
      return;
    }
    JsonWriter items = new JsonWriter().array();
    int next = 0;
    for (NewFiring row : written) {
      items
          .object()
          .member("schedule", schedule(byId, row.scheduleId()).name())
          .member("tick", row.tick())
          .member("kind", kind)
          .member("state", row.state());
      if (row.state().equals(Firing.STARTED)) {
        Made one = made.get(next++);
        items.member(one.run() == 0 ? "job" : "run", one.run() == 0 ? one.job() : one.run());
      } else {
        items.member("reason", row.reason());
      }
      items.endObject();
    }
    rows.note(database, tenantId, "schedule.fired", items.endArray());
    outbox.fire(new OutboxWritten());
  }

  private static Schedule schedule(Map<Long, Schedule> byId, long id) {
    Schedule schedule = byId.get(id);
    if (schedule == null) {
      throw new IllegalStateException("A firing of a schedule that nobody asked for: " + id);
    }
    return schedule;
  }

  /** What is collected for the statements of one transaction. */
  private final class Round {
    private final Database database;
    private final long tenantId;
    private final @Nullable String refusal;
    private final Map<Long, Map<Long, Schedule>> byToken = new HashMap<>();
    private final Map<Long, List<NewFiring>> wanted = new HashMap<>();
    private final List<Advance> advances = new ArrayList<>();
    private final List<Duration> lateness = new ArrayList<>();

    Round(Database database, long tenantId, @Nullable String refusal) {
      this.database = database;
      this.tenantId = tenantId;
      this.refusal = refusal;
    }

    void plan(Due due, Surroundings around, Open open) {
      Schedule schedule = due.schedule();
      Instant from = schedule.nextTick();
      if (from == null) {
        return;
      }
      Ticks ticks = around.ticks(schedule.id(), schedule.definition().timing());
      FiringPlan plan = FiringPlan.at(due.now(), ticks, from, schedule.definition().misfire());
      Overlaps overlaps = Overlaps.of(schedule.definition().overlap(), plan.fire(), open);
      List<NewFiring> mine = new ArrayList<>();
      plan.frozen()
          .forEach(
              tick ->
                  mine.add(
                      rows.row(
                          schedule.id(),
                          tick.at(),
                          Firing.SKIPPED,
                          "frozen: " + why(around, tick))));
      for (Overlaps.Decision decision : overlaps.decisions()) {
        boolean refused = refusal != null && decision.state().equals(Firing.STARTED);
        mine.add(
            rows.row(
                schedule.id(),
                decision.tick().at(),
                refused ? Firing.REFUSED : decision.state(),
                refused && refusal != null ? refusal : decision.reason()));
        lateness.add(Duration.between(decision.tick().due(), due.now()));
      }
      if (overlaps.cancelOthers() && refusal == null) {
        launch.cancel(
            schedule,
            rows.active(database, tenantId, schedule.id()),
            "its schedule starts the next job");
      }
      if (overlaps.dropBuffered()) {
        rows.skipBuffered(database, tenantId, schedule.id(), Overlaps.REPLACED);
      }
      byToken
          .computeIfAbsent(schedule.createdBy(), token -> new HashMap<>())
          .put(schedule.id(), schedule);
      wanted.computeIfAbsent(schedule.createdBy(), token -> new ArrayList<>()).addAll(mine);
      advances.add(advance(due, ticks, plan, mine));
    }

    void write() {
      wanted.forEach(
          (token, rowsOfToken) ->
              start(
                  database, "TICK", 0, token, byToken.getOrDefault(token, Map.of()), rowsOfToken));
      schedules.advance(database, tenantId, advances);
    }

    private Advance advance(Due due, Ticks ticks, FiringPlan plan, List<NewFiring> mine) {
      Schedule schedule = due.schedule();
      int started = (int) mine.stream().filter(row -> row.state().equals(Firing.STARTED)).count();
      boolean waits = schedule.definition().timing().trigger() instanceof Trigger.FixedDelay;
      Tick next = plan.next();
      if (waits && started == 0) {
        next = ticks.afterEnd(due.now()).orElse(null);
        waits = next != null;
      }
      int fired =
          (int)
              mine.stream()
                  .filter(row -> Set.of(Firing.STARTED, Firing.BUFFERED).contains(row.state()))
                  .count();
      Instant last = mine.stream().map(NewFiring::tick).max(Instant::compareTo).orElse(null);
      return new Advance(schedule.id(), next, last, fired, plan.missed(), next == null && !waits);
    }

    private String why(Surroundings around, Tick tick) {
      return around.freezes().stream()
          .filter(freeze -> freeze.contains(tick.at()))
          .map(freeze -> freeze.reason())
          .findFirst()
          .orElse("");
    }
  }
}
