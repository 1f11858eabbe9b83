package io.hodei.overview;

import io.hodei.overview.Overview.Attention;
import io.hodei.overview.Overview.Kind;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.platform.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what needs a person, of one tenant at one time. */
record AttentionRows(Database database, long tenantId, Instant now) {
  private static final int MOST = 20;
  private static final int NAMES = 50;
  private static final int JOBS_OF_A_NAME = 50;
  private static final int DEMANDS = 1_000;
  private static final int AGENTS = 10_000;
  private static final Duration RECENT = Duration.ofHours(24);

  /** So many jobs must have begun in an hour before their start times say what is usual. */
  private static final int ENOUGH = 20;

  /** Nobody is called for less. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  record AgentRow(long id, String name, String state, Instant seenAt) {
    static AgentRow of(Row row) throws SQLException {
      return new AgentRow(
          row.number("id"), row.text("name"), row.text("state"), row.instant("seen_at"));
    }
  }

  /** The next job of a demand in one lane. */
  private record Head(
      String pool, String poolState, long id, String name, Instant since, boolean served) {
    static Head of(Row row) throws SQLException {
      return new Head(
          row.text("pool"),
          row.text("pool_state"),
          row.number("id"),
          row.text("name"),
          row.instant("since"),
          row.flag("served"));
    }
  }

  List<AgentRow> agents() {
    return database
        .sql(OverviewSql.AGENTS)
        .set("tenant", tenantId)
        .set("most", AGENTS)
        .list(AgentRow::of);
  }

  List<Attention> failing() {
    return database
        .sql(OverviewSql.FAILING)
        .set("tenant", tenantId)
        .set("fromId", Ids.lowest(now.minus(RECENT)))
        .set("names", NAMES)
        .set("deep", JOBS_OF_A_NAME)
        .list(
            row ->
                new Attention(
                    Kind.FAILING,
                    "name",
                    row.number("id"),
                    row.text("name"),
                    "%s failed %d times in a row"
                        .formatted(row.text("name"), row.number("failures")),
                    row.instant("completed_at")))
        .stream()
        .limit(MOST)
        .toList();
  }

  /** Agents that went without being drained or disabled, in the last day. */
  List<Attention> lost(List<AgentRow> agents) {
    return agents.stream()
        .filter(agent -> agent.state().equals("OFFLINE"))
        .filter(agent -> agent.seenAt().isAfter(now.minus(RECENT)))
        .sorted(Comparator.comparing(AgentRow::seenAt).reversed())
        .limit(MOST)
        .map(
            agent ->
                new Attention(
                    Kind.AGENT_LOST,
                    "agent",
                    agent.id(),
                    agent.name(),
                    "Agent %s is offline".formatted(agent.name()),
                    agent.seenAt()))
        .toList();
  }

  /** Per pool one entry at most: the reason that explains the others. */
  List<Attention> waiting(Map<String, StartTimes> starts) {
    Map<String, List<Head>> byPool = new LinkedHashMap<>();
    database
        .sql(OverviewSql.HEADS)
        .set("tenant", tenantId)
        .set("demands", DEMANDS)
        .list(Head::of)
        .forEach(head -> byPool.computeIfAbsent(head.pool(), pool -> new ArrayList<>()).add(head));
    List<Attention> found = new ArrayList<>();
    byPool.forEach(
        (pool, heads) -> {
          Attention one = ofPool(pool, heads, starts.get(pool));
          if (one != null) {
            found.add(one);
          }
        });
    return found.stream()
        .sorted(Comparator.comparing(Attention::kind).thenComparing(Attention::name))
        .limit(MOST)
        .toList();
  }

  private @Nullable Attention ofPool(String pool, List<Head> heads, @Nullable StartTimes starts) {
    Head oldest = heads.stream().min(Comparator.comparing(Head::since)).orElseThrow();
    if (oldest.poolState().equals("PAUSED")) {
      return new Attention(
          Kind.POOL_PAUSED,
          "pool",
          null,
          pool,
          "Pool %s is paused, and jobs wait in it".formatted(pool),
          oldest.since());
    }
    List<Head> unserved = heads.stream().filter(head -> !head.served()).toList();
    if (!unserved.isEmpty()) {
      Head first = unserved.stream().min(Comparator.comparing(Head::since)).orElseThrow();
      return new Attention(
          Kind.QUEUE_WITHOUT_AGENTS,
          "queue",
          first.id(),
          pool,
          "No connected agent can execute %s, which waits in pool %s".formatted(first.name(), pool),
          first.since());
    }
    Duration waited = Duration.between(oldest.since(), now);
    if (starts == null || starts.count() < ENOUGH || waited.compareTo(SHORT) < 0) {
      return null;
    }
    Duration usual = starts.percentile(95);
    return waited.compareTo(usual) <= 0
        ? null
        : new Attention(
            Kind.WAITING_LONG,
            "job",
            oldest.id(),
            oldest.name(),
            "%s waits in pool %s for %s; 95 of 100 began within %s"
                .formatted(oldest.name(), pool, text(waited), text(usual)),
            oldest.since());
  }

  List<Attention> freezes() {
    return database
        .sql(OverviewSql.FREEZES)
        .set("tenant", tenantId)
        .set("most", MOST)
        .list(
            row ->
                new Attention(
                    Kind.FREEZE,
                    "freeze",
                    row.number("id"),
                    row.text("who"),
                    "Schedules are frozen by %s: %s".formatted(row.text("who"), row.text("reason")),
                    row.instant("from_at")));
  }

  private static String text(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
      return duration.toMillis() + " ms";
    }
    return duration.compareTo(Duration.ofMinutes(10)) < 0
        ? duration.toSeconds() + " s"
        : duration.toMinutes() + " min";
  }
}
