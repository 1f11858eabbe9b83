package io.hodei.agents.boundary;

import io.hodei.agents.control.AgentRows;
import io.hodei.agents.entity.AgentsChanged;
import io.hodei.agents.entity.PoolView;
import io.hodei.agents.entity.PoolView.Placement;
import io.hodei.platform.DomainException;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists pools, pauses them and says how they place jobs. */
@Stateless
public class PoolControl {
  private final TenantDatabase databases;
  private final AgentRows rows;
  private final Event<AgentsChanged> changed;

  @Inject
  public PoolControl(TenantDatabase databases, AgentRows rows, Event<AgentsChanged> changed) {
    this.databases = databases;
    this.rows = rows;
    this.changed = changed;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected PoolControl() {
    this(null, null, null);
  }

  public List<PoolView> list(Caller caller) {
    return rows.pools(databases.in(caller.tenantId()), caller.tenantId(), "");
  }

  /**
   * One pool.
   *
   * @throws DomainException NOT_FOUND
   */
  public PoolView get(Caller caller, String name) {
    return rows.pools(databases.in(caller.tenantId()), caller.tenantId(), name).stream()
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("pool", name));
  }

  /** Gives out no more jobs; takes them in still. */
  public PoolView pause(Caller caller, String name, @Nullable String reason) {
    return set(caller, name, "PAUSED", "", reason);
  }

  public PoolView resume(Caller caller, String name) {
    return set(caller, name, "ACTIVE", "", null);
  }

  /** Takes no new jobs in; gives out those it has. */
  public PoolView drain(Caller caller, String name, @Nullable String reason) {
    return set(caller, name, "DRAINING", "", reason);
  }

  public PoolView place(Caller caller, String name, Placement placement) {
    return set(caller, name, "", placement.name(), null);
  }

  private PoolView set(
      Caller caller, String name, String state, String placement, @Nullable String reason) {
    rows.setPool(
        databases.in(caller.tenantId()), caller.tenantId(), name, state, placement, reason);
    changed.fire(new AgentsChanged(caller.tenantId()));
    return get(caller, name);
  }
}
