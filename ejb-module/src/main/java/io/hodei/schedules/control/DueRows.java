package io.hodei.schedules.control;

import io.hodei.cluster.Term;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.schedules.control.ScheduleRows.Found;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the holder of the duty looks for. */
@Dependent
public class DueRows {
  /** Ids are made by the nodes' clocks, the age is by the database's. */
  private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);

  public List<Found> due(Database database, Term term, int limit) {
    return held(database, ScheduleSql.DUE, term).set("limit", limit).list(Found::read);
  }

  public List<Found> ended(Database database, Term term, int limit) {
    return held(database, FiringSql.ENDED, term)
        .set("limit", limit)
        .list(row -> new Found(row.number("tenant_id"), row.number("schedule_id")));
  }

  public List<Found> backfills(Database database, Term term) {
    return held(database, BackfillSql.RUNNING, term).list(Found::read);
  }

  /** Firings that are over and older than the age, with their tenants; the oldest first. */
  public List<Found> old(Database database, Term term, Duration age, int limit) {
    Instant before = Instant.now().minus(age).plus(CLOCK_SLACK);
    return held(database, FiringSql.OLD, term)
        .set("before", Ids.lowest(before))
        .set("seconds", (double) age.toSeconds())
        .set("limit", limit)
        .list(Found::read);
  }

  public Duration untilNext(Database database, Duration longest) {
    long micros =
        database
            .sql(ScheduleSql.UNTIL_NEXT)
            .first(row -> row.number("micros"))
            .orElse(Long.MAX_VALUE);
    Duration next = Duration.of(Math.max(micros, 0), ChronoUnit.MICROS);
    return next.compareTo(longest) < 0 ? next : longest;
  }

  private static Database.Query held(Database database, String sql, Term term) {
    return database.sql(sql).set("duty", term.duty()).set("term", term.term());
  }
}
