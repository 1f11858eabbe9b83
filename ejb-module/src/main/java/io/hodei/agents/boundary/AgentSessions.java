package io.hodei.agents.boundary;

import io.hodei.agents.control.SessionRows;
import io.hodei.agents.entity.AgentIntroduction;
import io.hodei.agents.entity.SessionGrant;
import io.hodei.platform.EngineDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The leases of agents. Each method is one transaction. */
@Stateless
public class AgentSessions {
  private final EngineDatabase database;
  private final SessionRows rows;

  @Inject
  public AgentSessions(EngineDatabase database, SessionRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AgentSessions() {
    this(null, null);
  }

  /**
   * Gives an agent its session on this node: the one it names and proves, or a new one.
   *
   * @param wanted the session it had, or 0
   * @param oldSecret hash that proves it; empty when there is none
   * @param newSecret hash for a new session
   */
  public SessionGrant open(
      Caller caller,
      AgentIntroduction agent,
      int node,
      long wanted,
      byte[] oldSecret,
      byte[] newSecret) {
    return rows.open(database, caller, agent, node, wanted, oldSecret, newSecret);
  }

  /** Extends these sessions (id to generation) where they are still this node's; answers those. */
  public List<Renewal> renew(int node, Map<Long, Integer> sessions) {
    return rows.renew(database, node, sessions);
  }

  /** Keeps the newest resource samples (agent id to JSON text) for lists. */
  public void keepSamples(Map<Long, String> samples) {
    rows.keepSamples(database, samples);
  }

  /** Every session that has not ended, with the time (microseconds) up to which it is renewed. */
  public Map<Long, Long> openSessions() {
    return rows.openSessions(database);
  }

  /** A session that was extended, and what the administrators want of its agent. */
  public record Renewal(long sessionId, boolean draining, boolean disabled) {}
}
