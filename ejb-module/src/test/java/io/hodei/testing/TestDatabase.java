package io.hodei.testing;

import io.hodei.db.DirectDataSource;
import io.hodei.db.Migrator;
import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.TenantDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A migrated database of its own for a test class, on one server per test run, with the roles of
 * production.
 */
public final class TestDatabase {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private final String url;
  private final BoundSource engineSource;
  private final BoundSource tenantSource;

  private TestDatabase(String url) {
    this.url = url;
    this.engineSource = new BoundSource(DirectDataSource.of(url, "hodei_engine", "e"));
    this.tenantSource = new BoundSource(DirectDataSource.of(url, "hodei_app", "a"));
  }

  /** Makes a new one. */
  public static synchronized TestDatabase create() {
    try {
      if (server == null) {
        server = start();
      }
      String name = "hodei_test_" + NUMBER.incrementAndGet();
      execute(server.getPostgresDatabase(), "create database " + name + " owner hodei_owner");
      execute(server.getDatabase("postgres", name), "alter schema public owner to hodei_owner");
      String url = server.getJdbcUrl("postgres", name).replaceFirst("\\?.*", "");
      new Migrator(url, "hodei_owner", "o").migrate("hodei_app", "hodei_engine");
      return new TestDatabase(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The engine's view; outside of a transaction each statement commits by itself. */
  public EngineDatabase engine() {
    return new EngineDatabase(engineSource.dataSource());
  }

  /** The requests' view; needs {@link #tenantTransactions}. */
  @SuppressWarnings("NullAway") // No entities here.
  public TenantDatabase tenants() {
    return new TenantDatabase(tenantSource.dataSource(), null);
  }

  public BoundSource engineTransactions() {
    return engineSource;
  }

  public BoundSource tenantTransactions() {
    return tenantSource;
  }

  /** The view of the owner's superuser, who may write anything: for setting up and looking. */
  public Database admin() {
    return new Database(DirectDataSource.of(url, "postgres", "postgres"));
  }

  /** A connection of its own as the engine, for transactions that stay open. */
  public Connection engineConnection() throws SQLException {
    Connection connection = DirectDataSource.of(url, "hodei_engine", "e").getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static EmbeddedPostgres start() throws IOException {
    EmbeddedPostgres started =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
    execute(
        started.getPostgresDatabase(),
        """
        create role hodei_owner login password 'o';
        create role hodei_app login password 'a';
        create role hodei_engine login password 'e'
        """);
    return started;
  }

  private static void close(EmbeddedPostgres started) {
    try {
      started.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void execute(DataSource source, String sql) {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
