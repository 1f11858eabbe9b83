package io.hodei.overview;

import io.hodei.cluster.Term;
import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** Counts events into minutes; each method is one transaction. */
@Stateless
public class Rollups {
  private static final int ROWS = 2_000;
  private static final int STARTS_OF_A_ROW = 20;

  /** Where counting of what runs and waits stops. */
  static final int MOST = 100_000;

  private final EngineDatabase database;

  @Inject
  public Rollups(EngineDatabase database) {
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Rollups() {
    this(null);
  }

  /** Begins with the next event, unless somebody has begun. */
  public void begin() {
    database.sql(RollupSql.BEGIN).set("key", RollupSql.POSITION).update();
  }

  /** Counts the next rows of the outbox; whether there may be more. */
  public boolean advance(Term term) {
    Optional<Long> after =
        held(database.sql(RollupSql.LOCK).set("key", RollupSql.POSITION), term)
            .first(row -> row.number("position"));
    Optional<Long> upto =
        after.flatMap(
            position ->
                database
                    .sql(RollupSql.END)
                    .set("after", position)
                    .set("rows", ROWS)
                    .one(row -> Optional.ofNullable(row.numberOrNull("position"))));
    upto.ifPresent(position -> count(after.orElseThrow(), position));
    return upto.isPresent() && upto.get() - after.orElseThrow() >= ROWS;
  }

  private void count(long after, long upto) {
    database.sql(RollupSql.COUNT).set("after", after).set("upto", upto).update();
    database
        .sql(RollupSql.START_TIMES)
        .set("after", after)
        .set("upto", upto)
        .set("most", STARTS_OF_A_ROW)
        .update();
    database.sql(RollupSql.MOVE).set("key", RollupSql.POSITION).set("upto", upto).update();
  }

  /** Samples what runs and waits now. */
  public void sample(Term term) {
    held(database.sql(RollupSql.SAMPLE).set("most", MOST), term).update();
  }

  /** Removes what no picture shows any more. */
  public void forget(Term term) {
    held(database.sql(RollupSql.FORGET_MINUTES), term).update();
    held(database.sql(RollupSql.FORGET_START_TIMES), term).update();
  }

  private static Database.Query held(Database.Query query, Term term) {
    return query.set("duty", term.duty()).set("term", term.term());
  }
}
