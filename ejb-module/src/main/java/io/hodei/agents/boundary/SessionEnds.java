package io.hodei.agents.boundary;

import io.hodei.agents.control.SessionRows;
import io.hodei.platform.EngineDatabase;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;

/** Ends sessions. Called inside the transaction that takes back what they hold. */
@Stateless
public class SessionEnds {
  private final EngineDatabase database;
  private final SessionRows rows;

  @Inject
  public SessionEnds(EngineDatabase database, SessionRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SessionEnds() {
    this(null, null);
  }

  /**
   * Ends the sessions whose renewal time (microseconds) is still the given one, or any for 0;
   * answers which ended.
   */
  public long[] end(Map<Long, Long> renewals, String reason) {
    return rows.end(database, renewals, reason);
  }
}
