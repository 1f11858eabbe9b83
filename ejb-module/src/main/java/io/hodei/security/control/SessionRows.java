package io.hodei.security.control;

import io.hodei.platform.Database;
import io.hodei.security.Caller;
import io.hodei.security.entity.ConsoleSession;
import java.time.Duration;
import java.time.Instant;

/** Console sessions and codes of a tenant. */
public final class SessionRows {
  /** Most logins of one token. */
  public static final int MOST_SESSIONS = 200;

  /** Most codes of one token that wait to be used. */
  public static final int MOST_CODES = 20;

  private SessionRows() {}

  /**
   * How long a session lives.
   *
   * @param idle without use
   * @param all whatever happens
   */
  public record Limits(Duration idle, Duration all) {}

  /** Stores a session. */
  public static ConsoleSession begin(
      Database database, Caller caller, long id, byte[] secretSha256, Limits limits) {
    database
        .sql(SessionSql.MAKE_ROOM)
        .set("tenant", caller.tenantId())
        .set("token", caller.tokenId())
        .set("keep", MOST_SESSIONS - 1)
        .update();
    return database
        .sql(SessionSql.BEGIN)
        .set("id", id)
        .set("tenant", caller.tenantId())
        .set("token", caller.tokenId())
        .set("secret", secretSha256)
        .set("idle", (int) limits.idle().toSeconds())
        .set("limit", (int) limits.all().toSeconds())
        .one(
            row ->
                new ConsoleSession(
                    id,
                    caller,
                    limits.idle(),
                    row.instant("created_at"),
                    row.instant("expires_at")));
  }

  /** Removes a session; whether there was one. */
  public static boolean end(Database database, long tenantId, long id) {
    return database.sql(SessionSql.END).set("tenant", tenantId).set("id", id).exists();
  }

  /** Stores a code; until when it can be used. */
  public static Instant code(
      Database database, Caller caller, byte[] codeSha256, Duration lifetime) {
    database
        .sql(SessionSql.MAKE_ROOM_FOR_CODE)
        .set("tenant", caller.tenantId())
        .set("token", caller.tokenId())
        .set("keep", MOST_CODES - 1)
        .update();
    return database
        .sql(SessionSql.MAKE_CODE)
        .set("code", codeSha256)
        .set("tenant", caller.tenantId())
        .set("token", caller.tokenId())
        .set("seconds", (int) lifetime.toSeconds())
        .one(row -> row.instant("expires_at"));
  }
}
