package io.hodei.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node does not start on a database that it cannot trust, and says what to change. */
class DatabaseRefusalsTest {
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
  void a_server_that_may_forget_is_refused(String setting) throws IOException, SQLException {
    try (EmbeddedPostgres server = server(setting)) {
      prepare(server);

      assertThatThrownBy(() -> migrate(server))
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining(setting + " = off")
          .hasMessageContaining("alter system set " + setting + " = on");
      assertThat(number(server, "select count(*) from pg_tables where schemaname = 'public'"))
          .isZero();
    }
  }

  @Test
  void a_durable_server_is_migrated_once_and_refused_when_its_schema_is_newer()
      throws IOException, SQLException {
    try (EmbeddedPostgres server = server("")) {
      prepare(server);

      assertThat(migrate(server)).isPositive();
      assertThat(migrate(server)).isZero();
      execute(
          server,
          "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
              + " values (999, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1, 'x', 1, true)");

      assertThatThrownBy(() -> migrate(server))
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining("version 999")
          .hasMessageContaining("newer");
    }
  }

  @Test
  void a_role_that_sees_past_row_level_security_is_refused() throws IOException, SQLException {
    try (EmbeddedPostgres server = server("")) {
      prepare(server);
      migrate(server);

      check(server, "hodei_app", "a");
      assertThatThrownBy(() -> check(server, "postgres", "postgres"))
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining("postgres")
          .hasMessageContaining("superuser");
      assertThatThrownBy(() -> check(server, "hodei_owner", "o"))
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining("owns tables");
    }
  }

  private static EmbeddedPostgres server(String off) throws IOException {
    var builder = EmbeddedPostgres.builder();
    DURABLE.forEach((name, on) -> builder.setServerConfig(name, name.equals(off) ? "off" : on));
    return builder.start();
  }

  private static void prepare(EmbeddedPostgres server) throws SQLException {
    execute(server, "create role hodei_owner login password 'o'");
    execute(server, "create role hodei_app login password 'a'");
    execute(server, "create role hodei_engine login password 'e'");
    execute(server, "create database hodei owner hodei_owner");
  }

  private static int migrate(EmbeddedPostgres server) {
    return new Migrator(url(server), "hodei_owner", "o").migrate("hodei_app", "hodei_engine");
  }

  private static void check(EmbeddedPostgres server, String role, String password)
      throws SQLException {
    try (Connection connection = DirectDataSource.of(url(server), role, password).getConnection()) {
      DatabaseRules.checkRole(connection);
    }
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    String database = sql.contains("flyway") ? "hodei" : "postgres";
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", "hodei").getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String url(EmbeddedPostgres server) {
    return server.getJdbcUrl("postgres", "hodei").replaceFirst("\\?.*", "");
  }
}
