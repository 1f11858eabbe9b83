package io.hodei.bench.yardstick;

import com.zaxxer.hikari.HikariDataSource;
import io.hodei.bench.BenchException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit: a narrow row is inserted, claimed and completed, one transaction per step and batch.
 */
final class BarePostgres implements Peer {
  private static final int BATCH = 500;
  private static final int THREADS = 2;
  private static final String TABLE =
      """
      create table bare_jobs (
        id         bigint      primary key,
        state      smallint    not null default 0,
        name       text        not null,
        created_at timestamptz not null default clock_timestamp(),
        started_at timestamptz,
        ended_at   timestamptz
      ) with (fillfactor = 70);
      create index bare_jobs_ready on bare_jobs (id) where state = 0
      """;
  private static final String INSERT =
      "insert into bare_jobs (id, name) select id, 'noop' from unnest(?) as a(id)";
  private static final String CLAIM =
      """
      update bare_jobs
         set state = 1, started_at = clock_timestamp()
       where id in (select id from bare_jobs where state = 0 order by id limit ? for update skip locked)
      returning id
      """;
  private static final String COMPLETE =
      """
      update bare_jobs j
         set state = 2, ended_at = clock_timestamp()
        from unnest(?) as a(id)
       where j.id = a.id and j.state = 1
      """;

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String what() {
    return "bare PostgreSQL: insert by unnest, claim with SKIP LOCKED, complete by update from unnest, batches of %d, %d threads, a narrow row, no history"
        .formatted(BATCH, THREADS);
  }

  @Override
  public Running start(HikariDataSource database) {
    Sql.run(database, TABLE);
    return new Loop(database);
  }

  private record Loop(HikariDataSource database, AtomicLong lastId) implements Running {
    Loop(HikariDataSource database) {
      this(database, new AtomicLong());
    }

    @Override
    public void submit(int jobs) {
      long end = lastId.get() + jobs;
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          running.add(threads.submit(() -> lifecycles(end)));
        }
        for (Future<?> thread : running) {
          thread.get();
        }
      } catch (ExecutionException e) {
        throw new BenchException("The bare loop failed: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean isDone() {
      return Sql.count(database, "select count(*) from bare_jobs where state <> 2") == 0;
    }

    @Override
    public void clear() {
      Sql.run(database, "truncate bare_jobs");
    }

    @Override
    public void close() {
      // Its threads live as long as a submission.
    }

    private void lifecycles(long end) {
      try (Connection connection = database.getConnection();
          PreparedStatement insert = connection.prepareStatement(INSERT);
          PreparedStatement claim = connection.prepareStatement(CLAIM);
          PreparedStatement complete = connection.prepareStatement(COMPLETE)) {
        for (long from = next(end); from < end; from = next(end)) {
          insert.setArray(1, ids(connection, from + 1, Math.min(from + BATCH, end)));
          insert.executeUpdate();
          List<Long> claimed = claim(claim);
          complete.setArray(1, connection.createArrayOf("bigint", claimed.toArray()));
          complete.executeUpdate();
        }
        for (List<Long> rest = claim(claim); !rest.isEmpty(); rest = claim(claim)) {
          complete.setArray(1, connection.createArrayOf("bigint", rest.toArray()));
          complete.executeUpdate();
        }
      } catch (SQLException e) {
        throw new BenchException("The bare loop failed: " + e.getMessage(), e);
      }
    }

    private long next(long end) {
      return lastId.getAndUpdate(id -> Math.min(id + BATCH, end));
    }

    private static List<Long> claim(PreparedStatement claim) throws SQLException {
      claim.setInt(1, BATCH);
      List<Long> ids = new ArrayList<>(BATCH);
      try (ResultSet rows = claim.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      return ids;
    }

    private static Array ids(Connection connection, long from, long to) throws SQLException {
      Long[] ids = new Long[(int) (to - from + 1)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = from + i;
      }
      return connection.createArrayOf("bigint", ids);
    }
  }
}
