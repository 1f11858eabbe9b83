package io.hodei.overview;

import io.hodei.overview.Overview.Attention;
import io.hodei.overview.Overview.Minute;
import io.hodei.platform.Database;
import io.hodei.platform.TenantDatabase;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the overview of a tenant from the database. */
@Stateless
public class OverviewReading {
  private static final int MINUTES = 60;

  private final TenantDatabase tenants;

  @Inject
  public OverviewReading(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected OverviewReading() {
    this(null);
  }

  /** The tenant as it is now. */
  public Overview read(long tenantId) {
    Database database = tenants.in(tenantId);
    Instant now = database.sql(OverviewSql.NOW).one(row -> row.instant("now"));
    Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(MINUTES - 1));
    Map<Instant, StartTimes> byMinute = new HashMap<>();
    Map<String, StartTimes> byPool = new HashMap<>();
    database
        .sql(OverviewSql.START_TIMES)
        .set("tenant", tenantId)
        .set("from", from)
        .list(
            row -> {
              int step = row.integer("bucket");
              long jobs = row.number("jobs");
              byMinute
                  .computeIfAbsent(row.instant("minute"), at -> new StartTimes())
                  .add(step, jobs);
              byPool.computeIfAbsent(row.text("pool"), pool -> new StartTimes()).add(step, jobs);
              return step;
            });
    AttentionRows rows = new AttentionRows(database, tenantId, now);
    List<AttentionRows.AgentRow> agents = rows.agents();
    List<Attention> attention = new ArrayList<>(rows.failing());
    attention.addAll(rows.lost(agents));
    attention.addAll(rows.waiting(byPool));
    attention.addAll(rows.freezes());
    return new Overview(
        now,
        counts(database, tenantId),
        states(agents),
        minutes(database, tenantId, from, byMinute),
        attention);
  }

  private static Map<String, Long> counts(Database database, long tenantId) {
    Map<String, Long> counts = new LinkedHashMap<>();
    database
        .sql(OverviewSql.COUNTS)
        .set("tenant", tenantId)
        .set("most", Rollups.MOST)
        .list(row -> Map.entry(row.text("state"), row.number("jobs")))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  private static Map<String, Long> states(List<AttentionRows.AgentRow> agents) {
    Map<String, Long> states = new LinkedHashMap<>();
    for (String state : List.of("ONLINE", "OFFLINE", "DRAINING", "DISABLED")) {
      states.put(state, agents.stream().filter(agent -> agent.state().equals(state)).count());
    }
    return states;
  }

  private static List<Minute> minutes(
      Database database, long tenantId, Instant from, Map<Instant, StartTimes> starts) {
    Map<Instant, Minute> known = new TreeMap<>();
    for (int i = 0; i < MINUTES; i++) {
      Instant at = from.plus(Duration.ofMinutes(i));
      known.put(at, new Minute(at, 0, 0, 0, 0, 0, null, null, null, null));
    }
    database
        .sql(OverviewSql.MINUTES)
        .set("tenant", tenantId)
        .set("from", from)
        .list(
            row -> {
              Instant at = row.instant("minute");
              StartTimes waited = starts.get(at);
              Minute minute =
                  new Minute(
                      at,
                      row.number("submitted"),
                      row.number("started"),
                      row.number("succeeded"),
                      row.number("failed"),
                      row.number("stopped"),
                      row.numberOrNull("running"),
                      row.numberOrNull("queued"),
                      waited == null ? null : waited.percentile(50),
                      waited == null ? null : waited.percentile(95));
              known.put(at, minute);
              return minute;
            });
    return List.copyOf(known.values());
  }
}
