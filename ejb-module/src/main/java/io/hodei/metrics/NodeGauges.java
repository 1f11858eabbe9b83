package io.hodei.metrics;

import io.hodei.cluster.Grid;
import io.hodei.events.EventRelay;
import io.hodei.platform.Borrowing;
import io.hodei.platform.DatabasePools;
import io.hodei.platform.DatabaseWatch;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.metrics.Tag;

/** What tells whether this node itself is well: its database, its loops, its grid. */
@ApplicationScoped
public class NodeGauges {
  private final Metrics metrics;
  private final DatabasePools pools;
  private final DatabaseWatch database;
  private final Grid grid;
  private final EventRelay relay;

  @Inject
  public NodeGauges(
      Metrics metrics, DatabasePools pools, DatabaseWatch database, Grid grid, EventRelay relay) {
    this.metrics = metrics;
    this.pools = pools;
    this.database = database;
    this.grid = grid;
    this.relay = relay;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected NodeGauges() {
    this(null, null, null, null, null);
  }

  void register(@Observes @Priority(NodeStarting.LAST + 1) NodeStarting event) {
    for (String pool : List.of("requests", "engine")) {
      register(pools.borrowing(pool), new Tag("pool", pool));
    }
    metrics.gauge(
        "database_hanging",
        "1 while the database answers nothing",
        () -> database.isHanging() ? 1 : 0);
    metrics.gauge("database_hangs_total", "Times the database was found hanging", database::hangs);
    for (String loop : Loop.names()) {
      metrics.gauge(
          "loop_failures_total",
          "Rounds of a background loop that failed and were repeated",
          () -> Loop.failuresOf(loop),
          new Tag("loop", loop));
    }
    metrics.gauge(
        "grid_members",
        "Members of the grid this node sees; 0: dispatch goes on by polling",
        grid::size);
    metrics.gauge(
        "outbox_relayed_total", "Transactions whose events this node relayed", relay::relayed);
  }

  private void register(Borrowing borrowing, Tag pool) {
    metrics.gauge(
        "database_borrows_total", "Connections taken from a pool", borrowing::count, pool);
    metrics.gauge(
        "database_borrow_seconds_total",
        "Time waited for connections of a pool",
        borrowing::seconds,
        pool);
    metrics.gauge(
        "database_borrow_failures_total",
        "Times a pool gave no connection",
        borrowing::failures,
        pool);
  }
}
