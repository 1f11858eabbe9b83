package io.hodei.agents.control;

import io.hodei.agents.entity.AgentView;
import io.hodei.agents.entity.PoolView;
import io.hodei.agents.entity.PoolView.Placement;
import io.hodei.agents.entity.PoolView.PoolState;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Id;
import io.hodei.platform.Row;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the statements on agents and pools that people ask for. */
@Dependent
public class AgentRows {
  /** Agents of the tenant with smaller ids than this one (0: from the newest), newest first. */
  public List<AgentView> agents(Database database, long tenantId, long beforeId, int limit) {
    return select(database, tenantId, 0, beforeId, limit);
  }

  /** The agent with this id. */
  public Optional<AgentView> agent(Database database, long tenantId, long id) {
    return select(database, tenantId, id, 0, 1).stream().findFirst();
  }

  private static List<AgentView> select(
      Database database, long tenantId, long id, long beforeId, int limit) {
    return database
        .sql(ListSql.AGENTS)
        .set("tenant", tenantId)
        .set("id", id)
        .set("before", beforeId)
        .set("limit", limit)
        .list(AgentRows::agent);
  }

  public void setState(Database database, long tenantId, long id, String state, String topic) {
    boolean found =
        database
            .sql(ListSql.SET_STATE)
            .set("tenant", tenantId)
            .set("id", id)
            .set("state", state)
            .set("topic", topic)
            .exists();
    if (!found) {
      throw DomainException.notFound("agent", Id.format(id));
    }
  }

  /** All pools of the tenant, or the one of this name. */
  public List<PoolView> pools(Database database, long tenantId, String name) {
    return database
        .sql(ListSql.POOLS)
        .set("tenant", tenantId)
        .set("name", name)
        .list(AgentRows::pool);
  }

  public void setPool(
      Database database,
      long tenantId,
      String name,
      String state,
      String placement,
      @Nullable String reason) {
    boolean found =
        database
            .sql(ListSql.SET_POOL)
            .set("tenant", tenantId)
            .set("name", name)
            .set("state", state)
            .set("placement", placement)
            .set("reason", reason)
            .exists();
    if (!found) {
      throw DomainException.notFound("pool", name);
    }
  }

  private static AgentView agent(Row row) throws SQLException {
    int slots = row.integer("slots");
    int running = row.integer("running");
    boolean online = row.numberOrNull("session_id") != null;
    return new AgentView(
        row.number("id"),
        row.text("name"),
        row.text("state"),
        List.of(row.texts("pools")),
        FlatJson.read(row.text("labels")),
        List.of(row.texts("executors")),
        slots,
        running,
        online ? Math.max(0, slots - running) : 0,
        row.text("agent_version"),
        row.text("host"),
        row.text("sample"),
        row.integerOrNull("node_number"),
        row.numberOrNull("session_id"),
        row.instantOrNull("connected_at"),
        row.instant("seen_at"),
        row.instant("created_at"));
  }

  private static PoolView pool(Row row) throws SQLException {
    return new PoolView(
        row.text("name"),
        PoolState.valueOf(row.text("state")),
        Placement.valueOf(row.text("placement")),
        row.textOrNull("reason"),
        Map.of(
            "HIGH", row.number("high"), "NORMAL", row.number("normal"), "LOW", row.number("low")),
        row.number("running"),
        row.integer("agents"));
  }
}
