package io.hodei.it.testing;

import io.hodei.cli.dev.DevCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The database behind a cluster, as its superuser sees it: no row-level security. */
public final class Database implements AutoCloseable {
  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  public static Database of(DevCluster cluster) {
    try {
      return new Database(
          DriverManager.getConnection(
              cluster.postgres().jdbcUrl(), "postgres", cluster.postgres().password("postgres")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only value; refuses when there is none. */
  public String text(String sql) {
    List<String> all = texts(sql);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " rows instead of one: " + sql);
    }
    return all.getFirst();
  }

  public long number(String sql) {
    return Long.parseLong(text(sql));
  }

  /** Each row as text, its columns with spaces between. */
  public List<String> texts(String sql) {
    List<String> all = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          text.append(i > 1 ? " " : "").append(rows.getString(i));
        }
        all.add(text.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
    return all;
  }

  public void execute(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  /** What the work changes is taken back when it ends. */
  public void undone(Runnable work) {
    execute("begin");
    try {
      work.run();
    } finally {
      execute("rollback");
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
