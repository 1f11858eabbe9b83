package io.hodei.agents.boundary;

import io.hodei.agents.control.ServerAgents;
import io.hodei.platform.EngineDatabase;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;

/**
 * Sessions for what the servers execute themselves: each tenant has an agent "(servers)", which is
 * in no list, whose session belongs to no node, is renewed by nobody and never ends. Called inside
 * the transaction that claims jobs for it.
 */
@Stateless
public class ServerSessions {
  private final EngineDatabase database;
  private final ServerAgents agents;

  @Inject
  public ServerSessions(EngineDatabase database, ServerAgents agents) {
    this.database = database;
    this.agents = agents;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ServerSessions() {
    this(null, null);
  }

  /** The session of each of these tenants, made where there is none. */
  public Map<Long, Long> of(Collection<Long> tenants) {
    return agents.sessions(database, tenants);
  }
}
