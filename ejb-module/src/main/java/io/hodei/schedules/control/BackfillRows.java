package io.hodei.schedules.control;

import io.hodei.platform.Database;
import io.hodei.platform.Row;
import io.hodei.schedules.control.FiringRows.Made;
import io.hodei.schedules.entity.Backfill;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of {@code backfills}. */
@Dependent
public class BackfillRows {
  /**
   * One that is worked on.
   *
   * @param token in whose name
   * @param now the database's time
   */
  record Running(Backfill backfill, long token, Instant now) {}

  /** What a round did; counts are in addition. */
  record Advance(
      Instant cursor,
      int started,
      int skipped,
      int succeeded,
      int failed,
      String state,
      @Nullable String reason) {}

  /** What is asked for. */
  public record Range(
      Instant from,
      Instant to,
      int concurrency,
      boolean continueOnFailure,
      boolean reprocess,
      int total) {}

  public void insert(
      Database database, long tenantId, long creator, long id, long scheduleId, Range range) {
    database
        .sql(BackfillSql.INSERT)
        .set("id", id)
        .set("tenant", tenantId)
        .set("schedule", scheduleId)
        .set("from", range.from())
        .set("to", range.to())
        .set("concurrency", range.concurrency())
        .set("goOn", range.continueOnFailure())
        .set("reprocess", range.reprocess())
        .set("total", range.total())
        .set("creator", creator)
        .update();
  }

  public Optional<Backfill> byId(Database database, long tenantId, long id) {
    return database
        .sql(BackfillSql.BY_ID)
        .set("tenant", tenantId)
        .set("id", id)
        .first(BackfillRows::backfill);
  }

  Optional<Running> lockRunning(Database database, long tenantId, long id) {
    return database
        .sql(BackfillSql.LOCK_RUNNING)
        .set("tenant", tenantId)
        .set("id", id)
        .first(row -> new Running(backfill(row), row.number("created_by"), row.instant("now")));
  }

  /** Newest first; one more than asked for tells that there is another page. */
  public List<Backfill> list(
      Database database, long tenantId, long scheduleId, String state, long before, int limit) {
    return database
        .sql(BackfillSql.LIST)
        .set("tenant", tenantId)
        .set("schedule", scheduleId)
        .set("state", state)
        .set("before", before)
        .set("limit", limit + 1)
        .list(BackfillRows::backfill);
  }

  void advance(Database database, long tenantId, long id, Advance advance) {
    database
        .sql(BackfillSql.ADVANCE)
        .set("tenant", tenantId)
        .set("id", id)
        .set("cursor", advance.cursor())
        .set("started", advance.started())
        .set("skipped", advance.skipped())
        .set("succeeded", advance.succeeded())
        .set("failed", advance.failed())
        .set("state", advance.state())
        .set("reason", advance.reason())
        .update();
  }

  /** Whether it ran. */
  public boolean cancel(Database database, long tenantId, long id, String reason) {
    return database
        .sql(BackfillSql.CANCEL)
        .set("tenant", tenantId)
        .set("id", id)
        .set("reason", reason)
        .exists();
  }

  public List<Made> active(Database database, long tenantId, long id) {
    return database
        .sql(BackfillSql.ACTIVE)
        .set("tenant", tenantId)
        .set("id", id)
        .list(FiringRows::made);
  }

  /** Those of the ticks that became jobs before. */
  Set<Instant> fired(Database database, long tenantId, long scheduleId, List<Instant> ticks) {
    return new HashSet<>(
        database
            .sql(BackfillSql.FIRED)
            .set("tenant", tenantId)
            .set("schedule", scheduleId)
            .set("ticks", ticks.stream().mapToLong(Micros::of).toArray())
            .list(row -> Micros.time(row.number("micros"))));
  }

  private static Backfill backfill(Row row) throws SQLException {
    return new Backfill(
        row.number("id"),
        row.number("schedule_id"),
        row.text("schedule"),
        row.text("state"),
        row.instant("from_at"),
        row.instant("to_at"),
        row.instant("cursor_at"),
        row.integer("concurrency"),
        row.flag("continue_on_failure"),
        row.flag("reprocess"),
        row.integer("total"),
        row.integer("started"),
        row.integer("skipped"),
        row.integer("succeeded"),
        row.integer("failed"),
        row.textOrNull("reason"),
        row.instant("created_at"),
        row.instantOrNull("ended_at"));
  }
}
