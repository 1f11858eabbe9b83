package io.hodei.bench.suite;

import io.hodei.bench.BenchException;
import io.hodei.bench.cluster.Installation;
import io.hodei.bench.report.Values;
import io.hodei.external.control.ExternalRows;
import io.hodei.external.entity.Found;
import io.hodei.jobs.boundary.JobSpecs;
import io.hodei.jobs.control.JobRows;
import io.hodei.platform.EngineDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;

/** Runs the product's own fetch on its database, while its node stands still. */
final class FetchStatement {
  private static final int TIMES = 20;

  private FetchStatement() {}

  /** Measures on a paused pool with so many ready jobs, which are tasks of a run meanwhile. */
  static Values measure(Installation installation, String pool, int ready) {
    var database = installation.database();
    var node = installation.cluster().node(1);
    node.suspend();
    try (Connection connection = database.connect("hodei_engine")) {
      database.execute("update pools set state = 'ACTIVE' where name = '%s'".formatted(pool));
      database.execute(
          """
          insert into runs (id, tenant_id, pipeline_id, pipeline, version_id, version, number, state, steps, ended, open, pending, creator, completed_at)
          select 1, min(id), 1, 'bench', 1, 1, 1, 'SUCCEEDED', 1, 1, 0, false, 'bench', clock_timestamp() from tenants
          on conflict do nothing
          """);
      database.execute("update jobs set run_id = 1, step = 's' where state = 'QUEUED'");
      return fetch(installation, connection, ready);
    } catch (SQLException e) {
      throw new BenchException("The fetch cannot be measured: " + e.getMessage(), e);
    } finally {
      database.execute("update jobs set run_id = null, step = null where run_id = 1");
      database.execute("update pools set state = 'PAUSED' where name = '%s'".formatted(pool));
      node.resume();
    }
  }

  private static Values fetch(Installation installation, Connection connection, int ready)
      throws SQLException {
    connection.setAutoCommit(false);
    ExternalRows rows =
        new ExternalRows(new EngineDatabase(only(connection)), new JobSpecs(new JobRows()));
    double[] millis = new double[TIMES];
    double before = installation.database().statements();
    for (int i = 0; i < TIMES; i++) {
      long began = System.nanoTime();
      Found found = rows.fetch(1, ready, ready);
      millis[i] = (System.nanoTime() - began) / 1e6;
      if (found.ready().size() != ready || found.ready().getFirst().pipeline() == null) {
        throw new BenchException(
            "%d of %d ready jobs were found with their pipeline."
                .formatted(found.ready().size(), ready));
      }
    }
    double statements = installation.database().statements() - before;
    connection.rollback();
    Arrays.sort(millis);
    return new Values()
        .put("time", millis[TIMES / 2], "ms")
        .put("slowest", millis[TIMES - 1], "ms")
        // The look at the counter is one of them.
        .put("statements", Math.floor(statements / TIMES), "statements");
  }

  /** A data source that has one connection, which stays open. */
  private static DataSource only(Connection connection) {
    Connection kept =
        (Connection)
            Proxy.newProxyInstance(
                FetchStatement.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    return null;
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause() == null ? e : e.getCause();
                  }
                });
    return (DataSource)
        Proxy.newProxyInstance(
            FetchStatement.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> kept);
  }
}
