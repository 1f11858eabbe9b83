package io.hodei.security.control;

import io.hodei.cluster.Term;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Row;
import io.hodei.security.Caller;
import io.hodei.security.entity.ConsoleSession;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Console sessions and codes before it is known which tenant they belong to. */
@Dependent
public class SessionRepository {
  private static final int MOST_SECONDS_BETWEEN_USES = 60;

  private final EngineDatabase database;

  @Inject
  public SessionRepository(EngineDatabase database) {
    this.database = database;
  }

  /** The session of a secret, when it can be used now; looking for it is a use. */
  public Optional<ConsoleSession> find(byte[] secretSha256) {
    Optional<Found> found =
        database.sql(SessionSql.VERIFY).set("secret", secretSha256).first(Found::of);
    found
        .filter(Found::isToBeProlonged)
        .ifPresent(used -> database.sql(SessionSql.USED).set("id", used.session().id()).update());
    return found.map(Found::session);
  }

  /** Takes a code; whom it was made for, when it can be used now. */
  public Optional<Caller> take(byte[] codeSha256) {
    return database
        .sql(SessionSql.TAKE_CODE)
        .set("code", codeSha256)
        .first(SecurityRepository::caller);
  }

  /** Removes what nobody can use any more; answers how many sessions. */
  public int forget(Term term) {
    database
        .sql(SessionSql.FORGET_CODES + Term.STILL_HELD)
        .set("duty", term.duty())
        .set("term", term.term())
        .update();
    return database
        .sql(SessionSql.FORGET_SESSIONS + Term.STILL_HELD)
        .set("duty", term.duty())
        .set("term", term.term())
        .update();
  }

  private record Found(ConsoleSession session, int idleLeft) {
    static Found of(Row row) throws SQLException {
      return new Found(
          new ConsoleSession(
              row.number("session_id"),
              SecurityRepository.caller(row),
              Duration.ofSeconds(row.integer("idle_seconds")),
              row.instant("created_at"),
              row.instant("expires_at")),
          row.integer("idle_left"));
    }

    /** Once a minute is enough, or a tenth of a short time. */
    boolean isToBeProlonged() {
      long idle = session.idle().toSeconds();
      return idle - idleLeft >= Math.min(MOST_SECONDS_BETWEEN_USES, Math.max(1, idle / 10));
    }
  }
}
