package io.hodei.schedules.control;

import io.hodei.platform.Database;
import io.hodei.platform.Row;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleDefinition;
import io.hodei.schedules.entity.ScheduleFilter;
import io.hodei.schedules.entity.ScheduleState;
import io.hodei.schedules.entity.Tick;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code schedules}. */
@Dependent
public class ScheduleRows {
  /**
   * A schedule that is due.
   *
   * @param now the database's time when it was read
   */
  record Due(Schedule schedule, Instant now) {}

  /**
   * What a round did to a schedule.
   *
   * @param next null: none is known now
   * @param ends whether there will be none
   */
  record Advance(
      long id, @Nullable Tick next, @Nullable Instant last, int fired, int missed, boolean ends) {}

  /** What an edit leaves behind. */
  public record Change(
      ScheduleDefinition definition,
      ScheduleState state,
      @Nullable Tick next,
      @Nullable String reason,
      int failures) {}

  /** A schedule of a tenant, found by the engine. */
  public record Found(long tenantId, long id) {
    static Found read(Row row) throws SQLException {
      return new Found(row.number("tenant_id"), row.number("id"));
    }
  }

  public Instant now(Database database) {
    return database.sql(ScheduleSql.NOW).one(row -> row.instant("now"));
  }

  /** Whether the name was free. */
  public boolean insert(
      Database database,
      long tenantId,
      long creator,
      long id,
      String name,
      ScheduleDefinition definition,
      Tick next) {
    return database
            .sql(ScheduleSql.INSERT)
            .set("id", id)
            .set("tenant", tenantId)
            .set("name", name)
            .set("definition", ScheduleDocument.text(definition))
            .set("nextTick", next.at())
            .set("nextRun", next.due())
            .set("creator", creator)
            .update()
        == 1;
  }

  public Optional<Schedule> byName(Database database, long tenantId, String name) {
    return database
        .sql(ScheduleSql.BY_NAME)
        .set("tenant", tenantId)
        .set("name", name)
        .first(ScheduleRows::schedule);
  }

  public Optional<Schedule> byId(Database database, long tenantId, long id) {
    return one(database, ScheduleSql.BY_ID, tenantId, id);
  }

  /** The same; nobody changes it until the transaction ends. */
  public Optional<Schedule> lock(Database database, long tenantId, long id) {
    return one(database, ScheduleSql.LOCK, tenantId, id);
  }

  List<Due> lockDue(Database database, long tenantId, long[] ids) {
    return database
        .sql(ScheduleSql.LOCK_DUE)
        .set("tenant", tenantId)
        .set("ids", ids)
        .list(row -> new Due(schedule(row), row.instant("now")));
  }

  public void change(Database database, Schedule before, Change change) {
    database
        .sql(ScheduleSql.CHANGE)
        .set("tenant", before.tenantId())
        .set("id", before.id())
        .set("definition", ScheduleDocument.text(change.definition()))
        .set("state", change.state().name())
        .set("nextTick", change.next() == null ? null : change.next().at())
        .set("nextRun", change.next() == null ? null : change.next().due())
        .set("reason", change.reason())
        .set("failures", change.failures())
        .update();
  }

  void settle(Database database, Schedule before, Change change) {
    database
        .sql(ScheduleSql.SETTLE)
        .set("tenant", before.tenantId())
        .set("id", before.id())
        .set("failures", change.failures())
        .set("state", change.state().name())
        .set("reason", change.reason())
        .set("nextTick", change.next() == null ? null : change.next().at())
        .set("nextRun", change.next() == null ? null : change.next().due())
        .update();
  }

  void advance(Database database, long tenantId, List<Advance> advances) {
    boolean[] ends = new boolean[advances.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = advances.get(i).ends();
    }
    database
        .sql(ScheduleSql.ADVANCE)
        .set("tenant", tenantId)
        .set("ids", advances.stream().mapToLong(Advance::id).toArray())
        .set(
            "nexts",
            advances.stream()
                .mapToLong(row -> row.next() == null ? 0 : Micros.of(row.next().at()))
                .toArray())
        .set(
            "dues",
            advances.stream()
                .mapToLong(row -> row.next() == null ? 0 : Micros.of(row.next().due()))
                .toArray())
        .set("lasts", advances.stream().mapToLong(row -> Micros.of(row.last())).toArray())
        .set("fired", advances.stream().mapToInt(Advance::fired).toArray())
        .set("missed", advances.stream().mapToInt(Advance::missed).toArray())
        .set("ends", ends)
        .update();
  }

  public void delete(Database database, Schedule schedule) {
    for (String sql : List.of(FiringSql.DELETE, BackfillSql.DELETE)) {
      database.sql(sql).set("tenant", schedule.tenantId()).set("schedule", schedule.id()).update();
    }
    database
        .sql(ScheduleSql.DELETE)
        .set("tenant", schedule.tenantId())
        .set("id", schedule.id())
        .update();
  }

  /** One more than asked for tells that there is another page. */
  public List<Schedule> list(
      Database database, long tenantId, ScheduleFilter filter, long before, int limit) {
    String name = filter.name() == null ? "" : filter.name();
    boolean prefix = name.endsWith("*");
    String wanted = prefix ? name.substring(0, name.length() - 1) : name;
    return database
        .sql(
            ScheduleSql.list(
                filter.state() != null,
                !name.isEmpty() && !prefix,
                prefix,
                filter.dueBefore() != null))
        .set("tenant", tenantId)
        .set("state", filter.state() == null ? "" : filter.state().name())
        .set("name", wanted)
        .set("dueBefore", filter.dueBefore())
        .set("before", before)
        .set("limit", limit + 1)
        .list(ScheduleRows::schedule);
  }

  private static Optional<Schedule> one(Database database, String sql, long tenantId, long id) {
    return database.sql(sql).set("tenant", tenantId).set("id", id).first(ScheduleRows::schedule);
  }

  private static Schedule schedule(Row row) throws SQLException {
    String name = row.text("name");
    return new Schedule(
        row.number("id"),
        row.number("tenant_id"),
        name,
        ScheduleDocument.read(row.text("definition"), name),
        ScheduleState.valueOf(row.text("state")),
        row.instantOrNull("next_tick"),
        row.instantOrNull("next_run_at"),
        row.instantOrNull("last_tick"),
        row.textOrNull("reason"),
        row.integer("failures"),
        row.number("fired"),
        row.number("missed"),
        row.integer("version"),
        row.instant("created_at"),
        row.number("created_by"),
        row.instant("updated_at"));
  }
}
