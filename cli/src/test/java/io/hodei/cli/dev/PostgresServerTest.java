package io.hodei.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One real PostgreSQL for all methods: making one takes seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresServerTest {
  private final Path directory;
  private final DevCluster cluster;

  PostgresServerTest(@TempDir Path directory) {
    this.directory = directory;
    DevArtifacts nothing = new DevArtifacts(directory, directory, directory, directory);
    cluster = DevCluster.open(DevSettings.in(directory.resolve("dev")), nothing, Progress.silent());
  }

  @BeforeAll
  void start() {
    cluster.startPostgres();
  }

  @AfterAll
  void stop() {
    cluster.close();
    assertThat(cluster.postgres().alive()).isFalse();
  }

  @Test
  void what_was_committed_is_there_after_kill_9() throws SQLException {
    execute("create table kept as select 1 as one");

    cluster.postgres().kill();
    assertThat(cluster.postgres().alive()).isFalse();
    cluster.postgres().start();

    assertThat(query("hodei_owner", "select one from kept")).isEqualTo("1");
  }

  @Test
  void commits_are_durable() throws SQLException {
    assertThat(query("hodei_app", "show fsync")).isEqualTo("on");
    assertThat(query("hodei_app", "show synchronous_commit")).isEqualTo("on");
    assertThat(query("hodei_app", "show full_page_writes")).isEqualTo("on");
  }

  @Test
  void the_roles_of_the_product_own_nothing_and_cannot_pass_row_security() throws SQLException {
    String powers =
        "select string_agg(rolname, ',') from pg_roles where rolname like 'hodei%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)";
    assertThat(query("hodei_app", powers)).isEqualTo("null");
    assertThat(
            query(
                "hodei_app",
                "select pg_get_userbyid(datdba) from pg_database where datname = 'hodei'"))
        .isEqualTo("hodei_owner");
    assertThatThrownBy(() -> query("hodei_app", "create table mine (id int)"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void nobody_gets_in_without_a_password() {
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(cluster.postgres().jdbcUrl(), "postgres", "wrong")
                    .close())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void a_second_launcher_is_told_who_is_there() {
    DevArtifacts nothing = new DevArtifacts(directory, directory, directory, directory);

    assertThatThrownBy(
            () ->
                DevCluster.open(
                    DevSettings.in(directory.resolve("dev")), nothing, Progress.silent()))
        .isInstanceOf(DevException.class)
        .hasMessageContaining("runs already")
        .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect("hodei_owner");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String role, String sql) throws SQLException {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      assertThat(rows).isTrue();
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return String.valueOf(result.getString(1));
      }
    }
  }

  private Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(
        cluster.postgres().jdbcUrl(), role, cluster.postgres().password(role));
  }
}
