package io.hodei.cluster;

import io.hodei.platform.Causes;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Ids;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This node's place in the cluster: its leased number, and the grid member that the other nodes
 * find through the {@code nodes} table. A node that cannot renew its number stops making ids before
 * anybody else can get the number.
 */
@ApplicationScoped
public class Membership {
  private static final Logger LOG = System.getLogger(Membership.class.getName());
  static final Duration TTL = Duration.ofSeconds(15);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(3);

  private final NodeRows rows;
  private final Grid grid;
  private final Ids ids;
  private final Settings settings;
  private final ManagedThreadFactory threads;
  private final long incarnation = new SecureRandom().nextLong(Long.MAX_VALUE);
  private volatile int number = -1;
  private volatile List<NodeInfo> live = List.of();
  private @Nullable Loop renewal;

  @Inject
  public Membership(
      NodeRows rows, Grid grid, Ids ids, Settings settings, ManagedThreadFactory threads) {
    this.rows = rows;
    this.grid = grid;
    this.ids = ids;
    this.settings = settings;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Membership() {
    this(null, null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.CLUSTER) NodeStarting event) {
    int port =
        GridPort.choose(
            settings.value(HodeiSettings.CLUSTER_PORT),
            settings.value(HodeiSettings.CLUSTER_ADDRESS));
    String address = settings.value(HodeiSettings.CLUSTER_ADDRESS) + ":" + port;
    number = rows.take(self(address), incarnation, TTL);
    ids.assign(number, TTL);
    live = rows.live();
    // The lease must not run out while the grid takes its time to start.
    renewal = new Loop("membership", RENEW_EVERY, threads, this::renew);
    String clusterName =
        rows.clusterName("hodei-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
    try {
      grid.join(clusterName, port, () -> live.stream().map(NodeInfo::gridAddress).toList());
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "The grid does not start; this node works by polling the database: {0}",
          Causes.sentence(e));
    }
    LOG.log(
        Level.INFO,
        "This is node {0} at {1}; the grid has {2} members",
        number,
        settings.value(HodeiSettings.NODE_URL),
        grid.size());
  }

  void stop(@Observes @Priority(NodeStopping.CLUSTER - 1) NodeStopping event) {
    if (renewal != null) {
      renewal.close();
    }
    if (number >= 0) {
      ids.withdraw();
      rows.release(number, incarnation);
    }
  }

  /** This node's number, 0..1023. */
  public int number() {
    return number;
  }

  /** Random per start: tells a restarted node from the one before. */
  public long incarnation() {
    return incarnation;
  }

  /** The nodes that were alive a few seconds ago, this one included. */
  public List<NodeInfo> live() {
    return live;
  }

  /** Where clients and agents reach the other nodes. */
  public List<String> otherUrls() {
    return live.stream().filter(node -> node.number() != number).map(NodeInfo::url).toList();
  }

  private void renew() {
    if (rows.renew(number, incarnation, TTL)) {
      ids.assign(number, TTL);
    } else {
      LOG.log(
          Level.WARNING,
          "Node number {0} was given to another node after this one did not renew it; a new one is taken",
          number);
      ids.withdraw();
      number =
          rows.take(self(live.isEmpty() ? "" : live.getFirst().gridAddress()), incarnation, TTL);
      ids.assign(number, TTL);
    }
    live = rows.live();
  }

  private NodeInfo self(String address) {
    String name = settings.value(HodeiSettings.NODE_NAME);
    String version = Membership.class.getPackage().getImplementationVersion();
    return new NodeInfo(
        -1,
        name.isEmpty() ? "node-" + ProcessHandle.current().pid() : name,
        settings.value(HodeiSettings.NODE_URL),
        address,
        version == null ? "development" : version,
        Instant.EPOCH);
  }
}
