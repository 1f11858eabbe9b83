package io.hodei.schedules.control;

import io.hodei.cluster.Term;
import io.hodei.platform.Database;
import io.hodei.schedules.control.ScheduleRows.Found;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the holder of the duty looks for. */
@Dependent
public class DueRows {
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
