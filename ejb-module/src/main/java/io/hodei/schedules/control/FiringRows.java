package io.hodei.schedules.control;

import io.hodei.json.JsonWriter;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.platform.Row;
import io.hodei.schedules.entity.Firing;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of {@code schedule_firings}. */
@Dependent
public class FiringRows {
  private final Ids ids;

  @Inject
  public FiringRows(Ids ids) {
    this.ids = ids;
  }

  /**
   * A tick that gets its row.
   *
   * @param reason empty: none
   */
  record NewFiring(long id, long scheduleId, Instant tick, String state, String reason) {}

  /**
   * What became of a tick.
   *
   * @param job 0: a run
   * @param run 0: a job
   */
  public record Made(long job, long run) {}

  /** What a schedule has open. */
  record Open(int active, int buffered) {
    static final Open NONE = new Open(0, 0);
  }

  /** How a job or run of a schedule ended. */
  record End(String state, Instant at, long backfillId) {}

  /** A tick that waits for its turn. */
  record Buffered(long id, Instant tick) {}

  NewFiring row(long scheduleId, Instant tick, String state, String reason) {
    return new NewFiring(ids.next(), scheduleId, tick, state, reason);
  }

  /** Removes those of the firings that are over; answers how many. */
  public int forget(Database database, long tenantId, long[] firings) {
    return database.sql(FiringSql.FORGET).set("tenant", tenantId).set("ids", firings).update();
  }

  /** Writes the rows; answers those whose tick had none yet. */
  List<NewFiring> insert(
      Database database, long tenantId, String kind, long backfillId, List<NewFiring> rows) {
    if (rows.isEmpty()) {
      return rows;
    }
    Set<Long> made =
        new HashSet<>(
            database
                .sql(FiringSql.INSERT)
                .set("tenant", tenantId)
                .set("kind", kind)
                .set("backfill", backfillId)
                .set("ids", rows.stream().mapToLong(NewFiring::id).toArray())
                .set("schedules", rows.stream().mapToLong(NewFiring::scheduleId).toArray())
                .set("ticks", rows.stream().mapToLong(row -> Micros.of(row.tick())).toArray())
                .set("states", rows.stream().map(NewFiring::state).toArray(String[]::new))
                .set("reasons", rows.stream().map(NewFiring::reason).toArray(String[]::new))
                .list(row -> row.number("id")));
    return rows.stream().filter(row -> made.contains(row.id())).toList();
  }

  void started(Database database, long tenantId, long[] firings, List<Made> made) {
    database
        .sql(FiringSql.START)
        .set("tenant", tenantId)
        .set("ids", firings)
        .set("jobs", made.stream().mapToLong(Made::job).toArray())
        .set("runs", made.stream().mapToLong(Made::run).toArray())
        .update();
  }

  Map<Long, Open> open(Database database, long tenantId, long[] schedules) {
    Map<Long, Open> open = new HashMap<>();
    database
        .sql(FiringSql.OPEN)
        .set("tenant", tenantId)
        .set("schedules", schedules)
        .list(
            row ->
                open.put(
                    row.number("schedule_id"),
                    new Open(row.integer("active"), row.integer("buffered"))));
    return open;
  }

  List<Made> active(Database database, long tenantId, long scheduleId) {
    return database
        .sql(FiringSql.ACTIVE)
        .set("tenant", tenantId)
        .set("schedule", scheduleId)
        .list(FiringRows::made);
  }

  static Made made(Row row) throws SQLException {
    Long job = row.numberOrNull("job_id");
    Long run = row.numberOrNull("run_id");
    return new Made(job == null ? 0 : job, run == null ? 0 : run);
  }

  public void skipBuffered(Database database, long tenantId, long scheduleId, String reason) {
    database
        .sql(FiringSql.SKIP_BUFFERED)
        .set("tenant", tenantId)
        .set("schedule", scheduleId)
        .set("reason", reason)
        .update();
  }

  Optional<Buffered> oldestBuffered(Database database, long tenantId, long scheduleId) {
    return database
        .sql(FiringSql.OLDEST_BUFFERED)
        .set("tenant", tenantId)
        .set("schedule", scheduleId)
        .first(row -> new Buffered(row.number("id"), row.instant("tick")));
  }

  List<End> takeEnds(Database database, long tenantId, long scheduleId, long backfillId) {
    List<End> ends =
        new ArrayList<>(
            database
                .sql(FiringSql.TAKE_ENDS)
                .set("tenant", tenantId)
                .set("schedule", scheduleId)
                .set("backfill", backfillId)
                .list(
                    row ->
                        new End(
                            row.text("state"),
                            row.instant("ended_at"),
                            row.number("backfill_id"))));
    ends.sort((a, b) -> a.at().compareTo(b.at()));
    return ends;
  }

  /**
   * What became of the ticks of a schedule, newest first; one more than asked for tells that there
   * is another page.
   *
   * @param state empty: any
   * @param backfillId -1: any
   */
  public List<Firing> list(
      Database database,
      long tenantId,
      long scheduleId,
      String state,
      long backfillId,
      long before,
      int limit) {
    return database
        .sql(FiringSql.LIST)
        .set("tenant", tenantId)
        .set("schedule", scheduleId)
        .set("state", state)
        .set("backfill", backfillId)
        .set("before", before)
        .set("limit", limit + 1)
        .list(FiringRows::firing);
  }

  /** Writes an event into the outbox. */
  public void note(Database database, long tenantId, String topic, JsonWriter items) {
    database
        .sql(FiringSql.NOTE)
        .set("tenant", tenantId)
        .set("topic", topic)
        .set("items", items.toString())
        .update();
  }

  private static Firing firing(Row row) throws SQLException {
    return new Firing(
        row.number("id"),
        row.number("schedule_id"),
        row.number("backfill_id"),
        row.instant("tick"),
        row.text("kind"),
        row.text("state"),
        row.numberOrNull("job_id"),
        row.numberOrNull("run_id"),
        row.textOrNull("reason"),
        row.instant("fired_at"),
        row.instantOrNull("ended_at"));
  }
}
