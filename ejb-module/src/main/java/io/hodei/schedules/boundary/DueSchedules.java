package io.hodei.schedules.boundary;

import io.hodei.cluster.Term;
import io.hodei.platform.EngineDatabase;
import io.hodei.schedules.control.DueRows;
import io.hodei.schedules.control.ScheduleRows.Found;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** Finds work of all tenants; changes nothing. */
@Stateless
public class DueSchedules {
  private final EngineDatabase database;
  private final DueRows rows;

  @Inject
  public DueSchedules(EngineDatabase database, DueRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DueSchedules() {
    this(null, null);
  }

  /** Schedules that are due, the longest due first; none when the term has ended. */
  public List<Found> due(Term term, int limit) {
    return rows.due(database, term, limit);
  }

  /** Schedules with a job that has ended. */
  public List<Found> ended(Term term, int limit) {
    return rows.ended(database, term, limit);
  }

  /** Backfills that run. */
  public List<Found> backfills(Term term) {
    return rows.backfills(database, term);
  }

  /** Firings that are over and older than the age; the id is the firing's. */
  public List<Found> old(Term term, Duration age, int limit) {
    return rows.old(database, term, age, limit);
  }

  /** How long nothing is due, up to the longest pause. */
  public Duration untilNext(Duration longest) {
    return rows.untilNext(database, longest);
  }
}
