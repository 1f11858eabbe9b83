package io.hodei.cluster;

import io.hodei.platform.EngineDatabase;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** The nodes and their duties, as the database knows them. */
@Stateless
public class ClusterReading {
  private static final Duration SHOWN_AFTER_ITS_END = Duration.ofMinutes(10);

  private final EngineDatabase database;

  @Inject
  public ClusterReading(EngineDatabase database) {
    this.database = database;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ClusterReading() {
    this(null);
  }

  /** The live nodes, and those that ended a few minutes ago. */
  public List<NodeView> nodes() {
    return database
        .sql(ClusterSql.NODES)
        .set("seconds", (double) SHOWN_AFTER_ITS_END.toSeconds())
        .list(
            row ->
                new NodeView(
                    row.integer("number"),
                    row.text("name"),
                    row.text("url"),
                    row.text("version"),
                    row.instant("started_at"),
                    row.instant("renewed_until").minus(Membership.TTL),
                    row.flag("alive")));
  }

  /** All duties that were ever held. */
  public List<DutyView> duties() {
    return database
        .sql(ClusterSql.DUTIES)
        .list(
            row ->
                new DutyView(
                    row.text("name"),
                    row.integer("holder"),
                    row.text("holder_name"),
                    row.number("term"),
                    row.instant("until"),
                    row.flag("held")));
  }
}
