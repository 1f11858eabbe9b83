package io.hodei.metrics;

import io.hodei.metrics.ClusterGauges.Load;
import io.hodei.platform.EngineDatabase;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;

/** Reads the load of the cluster in one statement of bounded work. */
@Dependent
public class LoadRows {
  private static final String LOAD =
      """
      with ready as (
        select level / 10 as lane from jobs where state = 'QUEUED' limit 100000),
      live as (
        select s.id, a.slots
          from agent_sessions s
          join agents a on a.id = s.agent_id
         where s.ended_at is null
           and s.node_number >= 0
           and s.renewed_until > clock_timestamp())
      select (select count(*) from ready where lane = 2) as high,
             (select count(*) from ready where lane = 1) as normal,
             (select count(*) from ready where lane = 0) as low,
             (select count(*) from live) as agents,
             (select count(*) from agent_sessions where ended_at is null and renewed_until <= clock_timestamp()) as unrenewed,
             (select coalesce(sum(slots), 0) from live) as slots,
             (select count(*) from jobs j where j.session_id in (select id from live)) as held,
             (select count(*) from (select from outbox where position is null limit 100000) o) as waiting,
             coalesce(extract(epoch from clock_timestamp()
               - (select created_at from outbox where position is null order by id limit 1)), 0) as lag
      """;

  private final EngineDatabase database;

  @Inject
  public LoadRows(EngineDatabase database) {
    this.database = database;
  }

  Load read() {
    return database
        .sql(LOAD)
        .one(
            row -> {
              long slots = row.number("slots");
              return new Load(
                  Map.of(
                      "HIGH", row.number("high"),
                      "NORMAL", row.number("normal"),
                      "LOW", row.number("low")),
                  row.number("agents"),
                  row.number("unrenewed"),
                  slots,
                  Math.max(0, slots - row.number("held")),
                  Math.max(0, Double.parseDouble(row.text("lag"))),
                  row.number("waiting"));
            });
  }
}
