package io.hodei.events;

import io.hodei.cluster.Term;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The {@code outbox} of all tenants, as relay, followers and retention see it. */
@Dependent
public class Outbox {
  private final EngineDatabase database;

  @Inject
  public Outbox(EngineDatabase database) {
    this.database = database;
  }

  /**
   * Gives positions to rows that have none, in the order of their ids.
   *
   * @return how many; 0 also when the term has ended
   */
  public int relay(Term term, int mostRows) {
    return database
        .sql(OutboxSql.RELAY)
        .set("duty", term.duty())
        .set("term", term.term())
        .set("rows", mostRows)
        .update();
  }

  /**
   * The rows behind a position, in order, until they take about {@code mostBytes} as they are
   * stored, and at least one.
   */
  public List<OutboxRow> after(long position, int mostRows, int mostBytes) {
    return database
        .sql(OutboxSql.AFTER)
        .set("position", position)
        .set("rows", mostRows)
        .set("bytes", mostBytes)
        .list(Outbox::row);
  }

  /** The highest position; 0 when nothing is kept. */
  public long head() {
    return database.sql(OutboxSql.HEAD).one(row -> row.number("position"));
  }

  /** The lowest position that is still kept: whoever has read the one before it misses nothing. */
  public long oldest() {
    return database.sql(OutboxSql.OLDEST).one(row -> row.number("position"));
  }

  /** How many rows wait for a position, up to a thousand. */
  public int waiting() {
    return database.sql(OutboxSql.WAITING).one(row -> row.integer("waiting"));
  }

  /** Removes relayed rows older than {@code age}, oldest first; answers how many. */
  public int deleteOlderThan(Term term, Duration age, int mostRows) {
    return database
        .sql(OutboxSql.DELETE_OLD)
        .set("duty", term.duty())
        .set("term", term.term())
        .set("seconds", (double) age.toSeconds())
        .set("rows", mostRows)
        .update();
  }

  static OutboxRow row(Row row) throws SQLException {
    return new OutboxRow(
        row.number("position"),
        row.number("tenant_id"),
        row.text("topic"),
        row.instant("created_at"),
        row.text("items"));
  }
}
