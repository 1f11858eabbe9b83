package io.hodei.bench.cluster;

import io.hodei.bench.BenchException;
import io.hodei.cli.dev.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The benchmark's own look at the database, past the product: what is stored, not what is said. */
public final class Database implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  private final PostgresServer server;
  private final Connection connection;
  private final boolean countsStatements;

  Database(PostgresServer server) {
    this.server = server;
    this.connection = connect(server, SUPERUSER);
    this.countsStatements = begunCounting();
  }

  /** Jobs of one name, those among them that succeeded, and the attempts in their history. */
  public record Counts(long jobs, long succeeded, long attempts) {}

  public Counts counts(String name) {
    return one(
        """
        select count(*),
               count(*) filter (where j.state = 'SUCCEEDED'),
               (select count(*) from attempts t join jobs k on k.id = t.job_id
                 where k.tenant_id = %1$s and k.name = ? and t.state = 'SUCCEEDED')
          from jobs j
         where j.tenant_id = %1$s and j.name = ?
        """
            .formatted(TENANT),
        row -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)),
        name,
        name);
  }

  /**
   * Whether a job of this name has not ended. Looks at the newest first, which end last: cheap
   * enough to ask often.
   */
  public boolean hasOpen(String name) {
    return one(
        """
        select exists (
          select 1
            from jobs
           where tenant_id = %s
             and name = ?
             and completed_at is null
           order by id desc
           limit 1)
        """
            .formatted(TENANT),
        row -> row.getBoolean(1),
        name);
  }

  /** Bytes of the write-ahead log since the server was made. */
  public double walBytes() {
    return one(
        "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')", row -> row.getDouble(1));
  }

  /**
   * Statements of all clients since the server was made, without those inside of functions. Servers
   * without pg_stat_statements count transactions instead: see {@link #statementsAre()}.
   */
  public double statements() {
    return one(
        countsStatements
            ? "select coalesce(sum(calls), 0) from pg_stat_statements"
            : "select sum(xact_commit) from pg_stat_database",
        row -> row.getDouble(1));
  }

  /** What {@link #statements()} counts. */
  public String statementsAre() {
    return countsStatements ? "pg_stat_statements" : "xact_commit";
  }

  private boolean begunCounting() {
    boolean loaded =
        setting("shared_preload_libraries").contains("pg_stat_statements")
            && one(
                "select exists (select 1 from pg_available_extensions where name = 'pg_stat_statements')",
                row -> row.getBoolean(1));
    if (loaded) {
      execute("create extension if not exists pg_stat_statements");
    }
    return loaded;
  }

  /** The number that a query gives. */
  public long count(String sql) {
    return one(sql, row -> row.getLong(1));
  }

  /** Runs statements as the superuser. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new BenchException("The database refused: " + e.getMessage(), e);
    }
  }

  /** A connection of a role of the product, or of the superuser, to the product's database. */
  public Connection connect(String role) {
    return connect(server, role);
  }

  /** What programs need to reach another database of the same server as its superuser. */
  public Access access(String name) {
    return new Access(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), name),
        SUPERUSER,
        server.password(SUPERUSER));
  }

  /** How a database is reached. */
  public record Access(String url, String user, String password) {}

  /** A setting as a session of this role sees it. */
  String setting(String role, String name) {
    try (Connection session = connect(server, role);
        PreparedStatement statement = session.prepareStatement("select current_setting(?)")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new BenchException("The setting %s cannot be read: %s".formatted(name, e), e);
    }
  }

  public String setting(String name) {
    return one("select current_setting(?)", row -> row.getString(1), name);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new BenchException("The database did not close: " + e.getMessage(), e);
    }
  }

  /** The benchmark runs alone in a fresh installation, so its tenant is the first one. */
  private static final String TENANT = "(select min(id) from tenants)";

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T one(String sql, Reading<T> reading, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return reading.read(rows);
      }
    } catch (SQLException e) {
      throw new BenchException("The database cannot be asked: " + e.getMessage(), e);
    }
  }

  private static Connection connect(PostgresServer server, String role) {
    try {
      return DriverManager.getConnection(server.jdbcUrl(), role, server.password(role));
    } catch (SQLException e) {
      throw new BenchException("No connection as %s: %s".formatted(role, e.getMessage()), e);
    }
  }
}
