package io.hodei.health;

import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Whether this node has started all its features and stops none yet. */
@ApplicationScoped
public class NodeState {
  private volatile boolean started;
  private volatile boolean stopping;

  void started(@Observes @Priority(NodeStarting.LAST + 99) NodeStarting event) {
    started = true;
  }

  void stopping(@Observes @Priority(0) NodeStopping event) {
    stopping = true;
  }

  public boolean hasStarted() {
    return started;
  }

  public boolean isStopping() {
    return stopping;
  }
}
