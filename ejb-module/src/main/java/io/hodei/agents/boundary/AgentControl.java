package io.hodei.agents.boundary;

import io.hodei.agents.control.AgentRows;
import io.hodei.agents.entity.AgentView;
import io.hodei.agents.entity.AgentsChanged;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** Lists agents, and takes them out of work and back. */
@Stateless
public class AgentControl {
  private final TenantDatabase databases;
  private final AgentRows rows;
  private final Event<AgentsChanged> changed;

  @Inject
  public AgentControl(TenantDatabase databases, AgentRows rows, Event<AgentsChanged> changed) {
    this.databases = databases;
    this.rows = rows;
    this.changed = changed;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AgentControl() {
    this(null, null, null);
  }

  /** The newest first, those before an id (0: from the start). */
  public List<AgentView> list(Caller caller, long beforeId, int limit) {
    return rows.agents(databases.in(caller.tenantId()), caller.tenantId(), beforeId, limit);
  }

  /**
   * One agent.
   *
   * @throws DomainException NOT_FOUND
   */
  public AgentView get(Caller caller, long id) {
    return rows.agent(databases.in(caller.tenantId()), caller.tenantId(), id)
        .orElseThrow(() -> DomainException.notFound("agent", Id.format(id)));
  }

  /** Gives it no new work; what it runs goes on. */
  public AgentView drain(Caller caller, long id) {
    return set(caller, id, "DRAINING", "agent.draining");
  }

  /** Gives it work again. */
  public AgentView resume(Caller caller, long id) {
    return set(caller, id, "ENABLED", "agent.resumed");
  }

  private AgentView set(Caller caller, long id, String state, String topic) {
    rows.setState(databases.in(caller.tenantId()), caller.tenantId(), id, state, topic);
    changed.fire(new AgentsChanged(caller.tenantId()));
    return get(caller, id);
  }
}
