package io.hodei.schedules.control;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.Ids;
import io.hodei.schedules.entity.Freeze;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes {@code freezes}. */
@Dependent
public class FreezeRows {
  private final Ids ids;

  @Inject
  public FreezeRows(Ids ids) {
    this.ids = ids;
  }

  public Instant now(Database database) {
    return database.sql(ScheduleSql.NOW).one(row -> row.instant("now"));
  }

  /**
   * Makes a freeze from now on.
   *
   * @param tenantId null: of all
   * @param until null: until it is lifted
   */
  public Freeze insert(
      Database database,
      @Nullable Long tenantId,
      String reason,
      String who,
      @Nullable Instant until) {
    Instant now = now(database);
    if (until != null && !until.isAfter(now)) {
      throw DomainException.invalid("/until", "has passed already; it is " + now + " now");
    }
    long id = ids.next();
    database
        .sql(CalendarSql.FREEZE)
        .set("id", id)
        .set("tenant", tenantId)
        .set("reason", reason)
        .set("who", who)
        .set("until", until)
        .update();
    return new Freeze(id, tenantId == null, reason, who, now, until);
  }

  public boolean lift(Database database, long tenantId, long id) {
    return database.sql(CalendarSql.UNFREEZE).set("tenant", tenantId).set("id", id).exists();
  }

  public boolean liftAll(Database database, long id) {
    return database.sql(CalendarSql.UNFREEZE_ALL).set("id", id).exists();
  }
}
