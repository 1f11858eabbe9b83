package io.hodei.web.stream;

import io.hodei.events.EventBus;
import io.hodei.events.OutboxRow;
import io.hodei.platform.NodeStarting;
import io.hodei.web.access.Recognition;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Hears on every node that a token was revoked, a login ended or a tenant disabled. The event says
 * only that there is something to look at: what this node remembers is forgotten, the database is
 * asked again, and streams that may not go on end.
 */
@ApplicationScoped
public class Revocations {
  private static final String TOPICS = "token.revoked,session.ended,tenant.disabled";

  private final EventBus bus;
  private final Recognition recognition;
  private final StreamHub hub;

  @Inject
  public Revocations(EventBus bus, Recognition recognition, StreamHub hub) {
    this.bus = bus;
    this.recognition = recognition;
    this.hub = hub;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Revocations() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    bus.subscribe(TOPICS, this::hear);
  }

  private void hear(List<OutboxRow> rows) {
    rows.stream().map(OutboxRow::tenantId).distinct().forEach(recognition::forget);
    hub.wake();
  }
}
