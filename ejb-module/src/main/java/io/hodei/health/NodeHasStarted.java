package io.hodei.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** All features have started. */
@Startup
@ApplicationScoped
public class NodeHasStarted implements HealthCheck {
  private final NodeState node;

  @Inject
  public NodeHasStarted(NodeState node) {
    this.node = node;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected NodeHasStarted() {
    this(null);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("started").status(node.hasStarted()).build();
  }
}
