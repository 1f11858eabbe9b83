package io.hodei.health;

import io.hodei.cluster.Membership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** This node has started, does not stop, and holds a node number. */
@Readiness
@ApplicationScoped
public class NodeIsInService implements HealthCheck {
  private final NodeState node;
  private final Membership membership;

  @Inject
  public NodeIsInService(NodeState node, Membership membership) {
    this.node = node;
    this.membership = membership;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected NodeIsInService() {
    this(null, null);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("node")
        .status(node.hasStarted() && !node.isStopping() && membership.number() >= 0)
        .withData("number", membership.number())
        .build();
  }
}
