package io.hodei.dispatch.boundary;

import io.hodei.dispatch.control.AgentConnection;
import io.hodei.dispatch.control.AgentDesk;
import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.dispatch.entity.AgentInbox;
import io.hodei.security.Caller;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Makes connections for the endpoint that agents dial. */
@ApplicationScoped
public class AgentConnections {
  private final AgentDesk desk;
  private final ManagedExecutorService executor;

  @Inject
  public AgentConnections(AgentDesk desk, ManagedExecutorService executor) {
    this.desk = desk;
    this.executor = executor;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AgentConnections() {
    this(null, null);
  }

  public AgentInbox open(Caller caller, AgentChannel channel) {
    return new AgentConnection(caller, channel, desk, executor);
  }
}
