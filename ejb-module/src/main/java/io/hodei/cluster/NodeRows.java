package io.hodei.cluster;

import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Row;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of {@code nodes} and {@code duties}; each method is one transaction. */
@Stateless
public class NodeRows {
  private final EngineDatabase database;

  @Inject
  public NodeRows(EngineDatabase database) {
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected NodeRows() {
    this(null);
  }

  /** Leases a free node number. */
  public int take(NodeInfo node, long incarnation, Duration ttl) {
    database.sql(ClusterSql.LOCK_NUMBERS).execute();
    return database
        .sql(ClusterSql.TAKE_NUMBER)
        .set("name", node.name())
        .set("url", node.url())
        .set("address", node.gridAddress())
        .set("version", node.version())
        .set("incarnation", incarnation)
        .set("ttl", (double) ttl.toSeconds())
        .one(row -> row.integer("number"));
  }

  /** Whether the number is still this node's, for another {@code ttl}. */
  public boolean renew(int number, long incarnation, Duration ttl) {
    return database
            .sql(ClusterSql.RENEW_NUMBER)
            .set("number", number)
            .set("incarnation", incarnation)
            .set("ttl", (double) ttl.toSeconds())
            .update()
        == 1;
  }

  public void release(int number, long incarnation) {
    database.sql(ClusterSql.RELEASE_DUTIES).set("incarnation", incarnation).update();
    database
        .sql(ClusterSql.RELEASE_NUMBER)
        .set("number", number)
        .set("incarnation", incarnation)
        .update();
  }

  public List<NodeInfo> live() {
    return database.sql(ClusterSql.LIVE_NODES).list(NodeRows::node);
  }

  /** The name all nodes of this database share, made by the first one. */
  public String clusterName(String proposed) {
    return database
        .sql(ClusterSql.CLUSTER_NAME)
        .set("name", proposed)
        .one(row -> row.text("value"));
  }

  /** The term in which this node holds the duty from now on for {@code ttl}, if it does. */
  public Optional<Long> hold(String duty, int node, long incarnation, Duration ttl) {
    return database
        .sql(ClusterSql.HOLD_DUTY)
        .set("name", duty)
        .set("node", node)
        .set("incarnation", incarnation)
        .set("ttl", ttl.toMillis() / 1000.0)
        .first(row -> row.number("term"));
  }

  private static NodeInfo node(Row row) throws SQLException {
    return new NodeInfo(
        row.integer("number"),
        row.text("name"),
        row.text("url"),
        row.text("grid_address"),
        row.text("version"),
        row.instant("started_at"));
  }
}
