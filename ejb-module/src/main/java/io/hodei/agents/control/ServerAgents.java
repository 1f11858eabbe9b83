package io.hodei.agents.control;

import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds and makes the agents that stand for the servers. */
@Dependent
public class ServerAgents {
  private final Ids ids;

  @Inject
  public ServerAgents(Ids ids) {
    this.ids = ids;
  }

  /** See {@link io.hodei.agents.boundary.ServerSessions#of}. */
  public Map<Long, Long> sessions(Database database, Collection<Long> tenants) {
    Map<Long, Long> found = find(database, tenants);
    if (found.size() < tenants.size()) {
      make(database, tenants.stream().filter(id -> !found.containsKey(id)).toList());
      found.putAll(find(database, tenants));
    }
    return found;
  }

  private static Map<Long, Long> find(Database database, Collection<Long> tenants) {
    Map<Long, Long> sessions = new HashMap<>();
    database
        .sql(AgentSql.SERVER_SESSIONS)
        .set("tenants", tenants.stream().mapToLong(Long::longValue).toArray())
        .list(row -> sessions.put(row.number("tenant_id"), row.number("session_id")));
    return sessions;
  }

  /** Another node may make them first. */
  private void make(Database database, Collection<Long> tenants) {
    for (String sql : new String[] {AgentSql.MAKE_SERVER_AGENTS, AgentSql.MAKE_SERVER_SESSIONS}) {
      database
          .sql(sql)
          .set("ids", ids.next(tenants.size()))
          .set("tenants", tenants.stream().mapToLong(Long::longValue).toArray())
          .update();
    }
    database
        .sql(AgentSql.SET_SERVER_SESSIONS)
        .set("tenants", tenants.stream().mapToLong(Long::longValue).toArray())
        .update();
  }
}
