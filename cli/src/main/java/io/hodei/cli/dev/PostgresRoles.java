package io.hodei.cli.dev;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** The three login roles of the product and a database of it; safe to call at every start. */
final class PostgresRoles {
  static final String OWNER = "hodei_owner";
  static final String APP = "hodei_app";
  static final String ENGINE = "hodei_engine";

  private final String adminUrl;
  private final String database;
  private final String productUrl;
  private final Secrets secrets;

  PostgresRoles(String adminUrl, String database, String productUrl, Secrets secrets) {
    this.adminUrl = adminUrl;
    this.database = database;
    this.productUrl = productUrl;
    this.secrets = secrets;
  }

  void ensure() {
    try {
      try (Connection admin = connect(adminUrl)) {
        for (String role : List.of(OWNER, APP, ENGINE)) {
          ensureRole(admin, role);
        }
        ensureDatabase(admin);
      }
      try (Connection product = connect(productUrl)) {
        grant(product);
      }
    } catch (SQLException e) {
      throw new DevException("The database roles could not be made: " + e.getMessage(), e);
    }
  }

  /** Deletes the database and ends who uses it. */
  void drop() {
    try (Connection admin = connect(adminUrl)) {
      execute(admin, "drop database if exists %s with (force)".formatted(database));
    } catch (SQLException e) {
      throw new DevException("The database %s could not be deleted".formatted(database), e);
    }
  }

  private Connection connect(String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresServer.SUPERUSER);
    properties.setProperty("password", secrets.password(PostgresServer.SUPERUSER));
    return DriverManager.getConnection(url, properties);
  }

  private void ensureRole(Connection admin, String role) throws SQLException {
    if (exists(admin, "select 1 from pg_roles where rolname = ?", role)) {
      return;
    }
    execute(
        admin,
        "create role %s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '%s'"
            .formatted(role, secrets.password(role)));
  }

  private void ensureDatabase(Connection admin) throws SQLException {
    if (exists(admin, "select 1 from pg_database where datname = ?", database)) {
      return;
    }
    execute(admin, "create database %s owner %s".formatted(database, OWNER));
  }

  private void grant(Connection product) throws SQLException {
    execute(product, "revoke all on database %s from public".formatted(database));
    execute(product, "grant connect on database %s to %s, %s".formatted(database, APP, ENGINE));
    execute(product, "alter schema public owner to " + OWNER);
    execute(product, "revoke all on schema public from public");
    execute(product, "grant usage on schema public to %s, %s".formatted(APP, ENGINE));
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
