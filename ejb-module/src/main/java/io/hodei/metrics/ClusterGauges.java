package io.hodei.metrics;

import io.hodei.cache.CacheCounters;
import io.hodei.cache.Caches;
import io.hodei.events.EventBus;
import io.hodei.events.OutboxRow;
import io.hodei.platform.Causes;
import io.hodei.platform.DatabaseFailure;
import io.hodei.platform.NodeStarting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.metrics.Tag;

/** Registers the values that are asked for when somebody looks, and counts what the bus tells. */
@ApplicationScoped
public class ClusterGauges {
  private static final Logger LOG = System.getLogger(ClusterGauges.class.getName());
  private static final long VALID_NANOS = 5_000_000_000L;

  private final Metrics metrics;
  private final LoadRows rows;
  private final EventBus bus;
  private final Caches caches;
  private volatile Load load = Load.NONE;
  private volatile long readAt = System.nanoTime() - VALID_NANOS;

  @Inject
  public ClusterGauges(Metrics metrics, LoadRows rows, EventBus bus, Caches caches) {
    this.metrics = metrics;
    this.rows = rows;
    this.bus = bus;
    this.caches = caches;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ClusterGauges() {
    this(null, null, null, null);
  }

  void register(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    for (String lane : List.of("HIGH", "NORMAL", "LOW")) {
      metrics.gauge(
          "scheduler_queue_size",
          "Ready jobs of the cluster by lane; counting stops at 100,000",
          () -> current().queued().getOrDefault(lane, 0L),
          new Tag("lane", lane));
    }
    metrics.gauge("agents_connected", "Agents with a live session", () -> current().agents());
    metrics.gauge("agent_slots", "Slots of connected agents", () -> current().slots());
    metrics.gauge("agent_slots_free", "Slots without a job", () -> current().freeSlots());
    metrics.gauge(
        "outbox_lag_seconds", "Age of the oldest event not relayed", () -> current().outboxLag());
    metrics.gauge(
        "outbox_waiting",
        "Transactions whose events are not relayed",
        () -> current().outboxRows());
    metrics.gauge(
        "agent_sessions_unrenewed",
        "Open sessions that were not renewed in time",
        () -> current().unrenewed());
    bus.subscribe("job.*", this::count);
    caches
        .counters()
        .forEach(
            cache ->
                metrics.gauge(
                    "cache_entries",
                    "Entries of a cache of this node",
                    () -> entries(cache.name()),
                    new Tag("cache", cache.name())));
  }

  private long entries(String cache) {
    return caches.counters().stream()
        .filter(counters -> counters.name().equals(cache))
        .mapToLong(CacheCounters::entries)
        .sum();
  }

  private void count(List<OutboxRow> rowsOfEvents) {
    for (OutboxRow row : rowsOfEvents) {
      metrics.transitions(row.topic(), row.count());
    }
  }

  /** At most five seconds old: a scrape asks many gauges, the database once. */
  private Load current() {
    long now = System.nanoTime();
    if (now - readAt >= VALID_NANOS) {
      readAt = now;
      try {
        load = rows.read();
      } catch (DatabaseFailure e) {
        LOG.log(Level.DEBUG, "The load could not be read: {0}", Causes.sentence(e));
      }
    }
    return load;
  }

  /**
   * What the cluster has to do and with whom.
   *
   * @param unrenewed sessions that will end unless their agents come back
   * @param outboxLag seconds
   * @param outboxRows counting stops at 100,000
   */
  record Load(
      Map<String, Long> queued,
      long agents,
      long unrenewed,
      long slots,
      long freeSlots,
      double outboxLag,
      long outboxRows) {
    static final Load NONE = new Load(Map.of(), 0, 0, 0, 0, 0, 0);
  }
}
