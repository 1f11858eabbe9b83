package io.hodei.agents.control;

import io.hodei.agents.boundary.AgentSessions.Renewal;
import io.hodei.agents.entity.AgentIntroduction;
import io.hodei.agents.entity.SessionGrant;
import io.hodei.platform.Database;
import io.hodei.platform.FlatJson;
import io.hodei.platform.Ids;
import io.hodei.platform.Row;
import io.hodei.protocol.Hwp;
import io.hodei.security.Caller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the statements on sessions. */
@Dependent
public class SessionRows {
  private static final double TTL_SECONDS = Hwp.SESSION_TTL.toMillis() / 1000.0;

  /**
   * An agent that knows its session renews it within a heartbeat, and a claim that began before the
   * doubt has committed: 1 s more than the former.
   */
  private static final double PATIENCE_SECONDS = Hwp.HEARTBEAT.toMillis() / 1000.0 + 1;

  private final Ids ids;

  @Inject
  public SessionRows(Ids ids) {
    this.ids = ids;
  }

  /** See {@link io.hodei.agents.boundary.AgentSessions#open}. */
  public SessionGrant open(
      Database database,
      Caller caller,
      AgentIntroduction agent,
      int node,
      long wanted,
      byte[] oldSecret,
      byte[] newSecret) {
    Kept kept = keep(database, caller, agent);
    if (kept.state().equals("DISABLED")) {
      return new SessionGrant.Denied(
          "disabled",
          "Agent %s is disabled. Enable it, or connect under another name.".formatted(agent.name()),
          false);
    }
    boolean draining = kept.state().equals("DRAINING");
    Optional<Open> open =
        database
            .sql(AgentSql.OPEN_SESSION_OF)
            .set("agent", kept.id())
            .set("ttl", TTL_SECONDS)
            .set("patience", PATIENCE_SECONDS)
            .first(SessionRows::readOpen);
    if (open.isEmpty()) {
      return start(database, caller, kept.id(), node, newSecret, draining);
    }
    boolean proven =
        open.get().id() == wanted && MessageDigest.isEqual(open.get().secret(), oldSecret);
    if (!proven && open.get().forgotten()) {
      end(database, Map.of(open.get().id(), 0L), "its agent never learned of it");
      return start(database, caller, kept.id(), node, newSecret, draining);
    }
    if (!proven) {
      if (open.get().unheard()) {
        database.sql(AgentSql.DOUBT).set("id", open.get().id()).update();
      }
      return new SessionGrant.Denied(
          "name-in-use",
          "Another agent named %s holds a session%s. Give this one another name, or wait up to %d s until that session has ended."
              .formatted(
                  agent.name(),
                  open.get().live() ? "" : " that is ending",
                  Hwp.REQUEUE_AFTER.toSeconds() + 2),
          true);
    }
    int generation =
        database
            .sql(AgentSql.MOVE_SESSION)
            .set("id", wanted)
            .set("node", node)
            .set("ttl", TTL_SECONDS)
            .one(row -> row.integer("generation"));
    return new SessionGrant.Granted(kept.id(), wanted, generation, true, draining);
  }

  private Kept keep(Database database, Caller caller, AgentIntroduction agent) {
    String[] pools = agent.pools().toArray(String[]::new);
    database.sql(AgentSql.KEEP_POOLS).set("tenant", caller.tenantId()).set("pools", pools).update();
    return database
        .sql(AgentSql.KEEP_AGENT)
        .set("id", ids.next())
        .set("tenant", caller.tenantId())
        .set("name", agent.name())
        .set("pools", pools)
        .set("labels", FlatJson.write(agent.labels()))
        .set("executors", agent.executors().toArray(String[]::new))
        .set("slots", agent.slots())
        .set("version", agent.version())
        .set("host", agent.host())
        .one(row -> new Kept(row.number("id"), row.text("state")));
  }

  private SessionGrant start(
      Database database, Caller caller, long agentId, int node, byte[] secret, boolean draining) {
    long session = ids.next();
    database
        .sql(AgentSql.INSERT_SESSION)
        .set("id", session)
        .set("tenant", caller.tenantId())
        .set("agent", agentId)
        .set("secret", secret)
        .set("node", node)
        .set("ttl", TTL_SECONDS)
        .update();
    database.sql(AgentSql.SET_SESSION).set("agent", agentId).set("session", session).update();
    database
        .sql(AgentSql.NOTE)
        .set("topic", "agent.connected")
        .set("sessions", new long[] {session})
        .update();
    return new SessionGrant.Granted(agentId, session, 1, false, draining);
  }

  public List<Renewal> renew(Database database, int node, Map<Long, Integer> sessions) {
    List<Map.Entry<Long, Integer>> entries = List.copyOf(sessions.entrySet());
    return database
        .sql(AgentSql.RENEW)
        .set("ids", entries.stream().mapToLong(Map.Entry::getKey).toArray())
        .set("generations", entries.stream().mapToInt(Map.Entry::getValue).toArray())
        .set("node", node)
        .set("ttl", TTL_SECONDS)
        .list(row -> new Renewal(row.number("id"), row.flag("draining"), row.flag("disabled")));
  }

  public void keepSamples(Database database, Map<Long, String> samples) {
    List<Map.Entry<Long, String>> entries = List.copyOf(samples.entrySet());
    database
        .sql(AgentSql.KEEP_SAMPLES)
        .set("agents", entries.stream().mapToLong(Map.Entry::getKey).toArray())
        .set("samples", entries.stream().map(Map.Entry::getValue).toArray(String[]::new))
        .update();
  }

  public Map<Long, Long> openSessions(Database database) {
    Map<Long, Long> open = new HashMap<>();
    database
        .sql(AgentSql.OPEN_SESSIONS)
        .list(row -> open.put(row.number("id"), row.number("renewed")));
    return open;
  }

  /** See {@link io.hodei.agents.boundary.SessionEnds#end}. */
  public long[] end(Database database, Map<Long, Long> renewals, String reason) {
    List<Map.Entry<Long, Long>> entries = List.copyOf(renewals.entrySet());
    long[] ended =
        database
            .sql(AgentSql.END_SESSIONS)
            .set("ids", entries.stream().mapToLong(Map.Entry::getKey).toArray())
            .set("renewals", entries.stream().mapToLong(Map.Entry::getValue).toArray())
            .set("reason", reason)
            .list(row -> row.number("id"))
            .stream()
            .mapToLong(Long::longValue)
            .toArray();
    if (ended.length > 0) {
      database.sql(AgentSql.NOTE).set("topic", "agent.lost").set("sessions", ended).update();
    }
    return ended;
  }

  private record Kept(long id, String state) {}

  private static Open readOpen(Row row) throws SQLException {
    return new Open(
        row.number("id"),
        row.bytes("secret_sha256"),
        row.flag("live"),
        row.flag("unheard"),
        row.flag("forgotten"));
  }

  private record Open(long id, byte[] secret, boolean live, boolean unheard, boolean forgotten) {}
}
