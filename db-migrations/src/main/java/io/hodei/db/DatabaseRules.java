package io.hodei.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What a database must offer before Hodei trusts it with acknowledged work. */
public final class DatabaseRules {
  /** Oldest supported server, as PostgreSQL's {@code server_version_num}. */
  public static final int OLDEST_VERSION = 150_000;

  private static final List<String> DURABILITY =
      List.of("fsync", "full_page_writes", "synchronous_commit");

  private DatabaseRules() {}

  /**
   * Checks version and durability.
   *
   * @throws DatabaseRefused with the sentence for the operator
   */
  public static void check(Connection connection) throws SQLException {
    int version = Integer.parseInt(setting(connection, "server_version_num"));
    if (version < OLDEST_VERSION) {
      throw new DatabaseRefused(
          "PostgreSQL %s is too old: Hodei needs %d or newer. Upgrade the server, or point hodei.db.url to a newer one."
              .formatted(setting(connection, "server_version"), OLDEST_VERSION / 10_000));
    }
    for (String name : DURABILITY) {
      String value = setting(connection, name);
      if (value.equals("off")) {
        throw new DatabaseRefused(
            ("PostgreSQL runs with %s = off, so work that was acknowledged can be lost. Set %s = on (alter system set %s = on;"
                    + " select pg_reload_conf();) and start again.")
                .formatted(name, name, name));
      }
    }
  }

  /**
   * Checks that the role cannot step around row-level security.
   *
   * @throws DatabaseRefused with the sentence for the operator
   */
  public static void checkRole(Connection connection) throws SQLException {
    String sql =
        """
        select r.rolname,
               r.rolsuper or r.rolbypassrls,
               exists (select from pg_class c
                        where c.relnamespace = 'public'::regnamespace
                          and c.relkind = 'r'
                          and pg_has_role(r.oid, c.relowner, 'member'))
          from pg_roles r
         where r.rolname = current_user
        """;
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getBoolean(2) || row.getBoolean(3)) {
        throw new DatabaseRefused(
            ("The database role %s can step around row-level security, because it %s. Use a role of its own for hodei.db.user"
                    + " and hodei.db.engine.user that owns nothing (create role hodei_app login nosuperuser nobypassrls).")
                .formatted(
                    row.getString(1),
                    row.getBoolean(2) ? "is a superuser or has BYPASSRLS" : "owns tables"));
      }
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (var statement = connection.prepareStatement("select current_setting(?)")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
