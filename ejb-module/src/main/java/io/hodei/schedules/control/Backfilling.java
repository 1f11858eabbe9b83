package io.hodei.schedules.control;

import io.hodei.platform.Database;
import io.hodei.schedules.control.BackfillRows.Advance;
import io.hodei.schedules.control.BackfillRows.Running;
import io.hodei.schedules.control.CalendarRows.Surroundings;
import io.hodei.schedules.control.FiringRows.End;
import io.hodei.schedules.control.FiringRows.NewFiring;
import io.hodei.schedules.entity.Backfill;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.Tick;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Moves a backfill on by one round: takes ends over, starts as many as may run. */
@Dependent
public class Backfilling {
  /** A round that only skips looks at no more ticks than that. */
  private static final int MOST_LOOKED_AT = 2_000;

  private final BackfillRows backfills;
  private final ScheduleRows schedules;
  private final FiringRows rows;
  private final CalendarRows calendars;
  private final Firings firings;

  @Inject
  public Backfilling(
      BackfillRows backfills,
      ScheduleRows schedules,
      FiringRows rows,
      CalendarRows calendars,
      Firings firings) {
    this.backfills = backfills;
    this.schedules = schedules;
    this.rows = rows;
    this.calendars = calendars;
    this.firings = firings;
  }

  /** What a round is about to do with the ticks behind the cursor. */
  private record Picked(List<Instant> ticks, int skipped, Instant cursor, boolean exhausted) {}

  public void advance(Database database, long tenantId, long id) {
    Optional<Running> running = backfills.lockRunning(database, tenantId, id);
    if (running.isEmpty()) {
      return;
    }
    Backfill backfill = running.get().backfill();
    List<End> ends = rows.takeEnds(database, tenantId, backfill.scheduleId(), id);
    int succeeded = (int) ends.stream().filter(end -> end.state().equals("SUCCEEDED")).count();
    int failed = ends.size() - succeeded;
    int active = backfills.active(database, tenantId, id).size();
    boolean stops = !backfill.continueOnFailure() && backfill.failed() + failed > 0;
    Picked picked = new Picked(List.of(), 0, backfill.cursor(), stops);
    Schedule schedule = schedules.byId(database, tenantId, backfill.scheduleId()).orElseThrow();
    Surroundings around =
        calendars.surroundings(database, tenantId, List.of(schedule.definition().timing()));
    boolean frozen =
        around.freezes().stream().anyMatch(freeze -> freeze.contains(running.get().now()));
    if (!stops && !frozen && active < backfill.concurrency()) {
      picked = pick(database, schedule, backfill, around, backfill.concurrency() - active);
    }
    List<NewFiring> wanted = new ArrayList<>();
    picked.ticks.forEach(tick -> wanted.add(rows.row(schedule.id(), tick, Firing.STARTED, "")));
    int started =
        firings.start(
            database,
            "BACKFILL",
            id,
            running.get().token(),
            Map.of(schedule.id(), schedule),
            wanted);
    String state = "RUNNING";
    if (picked.exhausted && active + started == 0) {
      state = stops ? "FAILED" : "SUCCEEDED";
    }
    boolean nothing =
        ends.isEmpty()
            && started + picked.skipped == 0
            && state.equals("RUNNING")
            && picked.cursor.equals(backfill.cursor());
    if (!nothing) {
      backfills.advance(
          database,
          tenantId,
          id,
          new Advance(
              picked.cursor,
              started,
              picked.skipped,
              succeeded,
              failed,
              state,
              stops ? "a job failed; continueOnFailure would have gone on" : null));
    }
  }

  private Picked pick(
      Database database, Schedule schedule, Backfill backfill, Surroundings around, int most) {
    // A backfill also makes the jobs of ticks that a freeze held back, so it is told of no freezes.
    Ticks ticks =
        new Ticks(schedule.id(), schedule.definition().timing(), around.calendars(), List.of());
    List<Tick> looked =
        ticks.between(
            backfill.cursor(), backfill.to(), backfill.reprocess() ? most : MOST_LOOKED_AT);
    List<Instant> firing = looked.stream().filter(Tick::fires).map(Tick::at).toList();
    Set<Instant> before =
        backfill.reprocess()
            ? Set.of()
            : backfills.fired(database, schedule.tenantId(), schedule.id(), firing);
    List<Instant> picked = new ArrayList<>();
    int skipped = 0;
    for (Tick tick : looked) {
      if (picked.size() == most) {
        return new Picked(picked, skipped, tick.at(), false);
      } else if (tick.fires() && before.contains(tick.at())) {
        skipped++;
      } else if (tick.fires()) {
        picked.add(tick.at());
      }
    }
    boolean more = looked.size() == (backfill.reprocess() ? most : MOST_LOOKED_AT);
    Instant cursor = more ? looked.getLast().at().plusNanos(1_000) : backfill.to();
    return new Picked(picked, skipped, cursor, !more);
  }
}
