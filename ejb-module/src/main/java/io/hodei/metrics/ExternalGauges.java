package io.hodei.metrics;

import io.hodei.external.boundary.ExternalLoad;
import io.hodei.platform.NodeStarting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Tag;

/** How far this node uses what the profile allows it to call at the same time. */
@ApplicationScoped
public class ExternalGauges {
  private static final String NAME = "external_calls_in_flight";
  private static final String WHAT =
      "Calls of this node under way; the profile bounds starts (dispatches) and looks (status checks)";

  private final Metrics metrics;
  private final ExternalLoad load;

  @Inject
  public ExternalGauges(Metrics metrics, ExternalLoad load) {
    this.metrics = metrics;
    this.load = load;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ExternalGauges() {
    this(null, null);
  }

  void register(@Observes @Priority(NodeStarting.LAST + 1) NodeStarting event) {
    for (String executor : ExternalLoad.EXECUTORS) {
      Tag tag = new Tag("executor", executor);
      metrics.gauge(NAME, WHAT, () -> load.starts(executor), tag, new Tag("lane", "starts"));
      metrics.gauge(NAME, WHAT, () -> load.looks(executor), tag, new Tag("lane", "looks"));
    }
  }
}
