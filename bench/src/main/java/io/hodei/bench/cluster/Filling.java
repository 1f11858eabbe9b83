package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import io.hodei.bench.load.HttpConnection;
import io.hodei.bench.load.Jobs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Puts many jobs into the database without asking the product: copies of one that the product made,
 * with ids below all ids of the product. Runs as the superuser, because no role of the product may
 * write rows as they are.
 */
public final class Filling {
  private static final int AT_ONCE = 500_000;

  /** The greatest id that is given here; ids of the product hold the time and are far above. */
  private static final long MOST = 1L << 40;

  private static final String QUEUED =
      """
      insert into jobs (id, tenant_id, spec_id, demand_id, state, level, name, available_at, created_at, queued_at)
      select b.base + g, t.tenant_id, t.spec_id, t.demand_id, 'QUEUED', t.level, ?, now(), now(), now()
        from (select tenant_id, spec_id, demand_id, level from jobs where name = ? order by id desc limit 1) t,
             (select coalesce(max(id), 0) as base from jobs where id < %d) b,
             generate_series(1, ?) g
      """
          .formatted(MOST);
  private static final String FINISHED =
      """
      with made as (
        insert into jobs (id, tenant_id, spec_id, demand_id, state, level, epoch, version, name, available_at, created_at, queued_at,
                          agent_id, leased_at, started_at, completed_at, exit_code)
        select b.base + g, t.tenant_id, t.spec_id, t.demand_id, 'SUCCEEDED', t.level, 1, 3, ?, s.at, s.at, s.at, a.id, s.at, s.at, s.at, 0
          from (select tenant_id, spec_id, demand_id, level from jobs where name = ? order by id desc limit 1) t,
               (select coalesce(max(id), 0) as base from jobs where id < %d) b,
               (select id from agents order by id limit 1) a,
               generate_series(1, ?) g
         cross join lateral (select now() - interval '1 day' - g * interval '1 millisecond' as at) s
        returning id, tenant_id, agent_id, leased_at)
      insert into attempts (job_id, epoch, tenant_id, state, session_id, agent_id, leased_at, started_at, finished_at, exit_code, tree_ended)
      select id, 1, tenant_id, 'SUCCEEDED', 0, agent_id, leased_at, leased_at, leased_at, 0, true
        from made
      """
          .formatted(MOST);

  private final Installation installation;
  private final Consumer<String> progress;

  public Filling(Installation installation, Consumer<String> progress) {
    this.installation = installation;
    this.progress = progress;
  }

  /** Adds queued jobs of this name to a pool, like one that is submitted for the purpose. */
  public void addQueued(String name, String pool, int count) {
    submitOne(name + "-like", pool);
    add(QUEUED, name, count, "queued");
  }

  /** Adds succeeded jobs with their attempt, which ended a day ago. */
  public void addFinished(String name, String pool, int count) {
    submitOne(name + "-like", pool);
    add(FINISHED, name, count, "finished");
  }

  /** Removes every job, also those of other suites. Nothing may run meanwhile. */
  public void removeAll() {
    installation
        .database()
        .execute("truncate jobs, job_labels, attempts, log_chunks, attempt_logs, attempt_usage");
  }

  private void submitOne(String name, String pool) {
    try (HttpConnection connection = installation.connect(1)) {
      connection.post("/api/v1/jobs", Jobs.noop(name, pool)).expect(201);
    }
  }

  private void add(String sql, String name, int count, String kind) {
    for (int done = 0; done < count; done += AT_ONCE) {
      insert(sql, name, Math.min(AT_ONCE, count - done));
      progress.accept(
          "%,d of %,d %s jobs stored".formatted(Math.min(done + AT_ONCE, count), count, kind));
    }
    installation.database().execute("vacuum analyze jobs");
    installation.database().execute("vacuum analyze attempts");
    installation.database().execute("checkpoint");
  }

  private void insert(String sql, String name, int count) {
    try (Connection connection = installation.database().connect("postgres");
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, name);
      insert.setString(2, name + "-like");
      insert.setInt(3, count);
      int made = insert.executeUpdate();
      if (made != count) {
        throw new BenchException("%d of %d jobs were stored.".formatted(made, count));
      }
    } catch (SQLException e) {
      throw new BenchException("The database refused to be filled: " + e.getMessage(), e);
    }
  }
}
