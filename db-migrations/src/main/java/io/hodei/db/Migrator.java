package io.hodei.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * Brings the schema to the version of this code. Flyway holds an advisory lock while it works, so
 * nodes that start together wait for the first one.
 */
public final class Migrator {
  private final String url;
  private final String ownerUser;
  private final String ownerPassword;

  public Migrator(String url, String ownerUser, String ownerPassword) {
    this.url = url;
    this.ownerUser = ownerUser;
    this.ownerPassword = ownerPassword;
  }

  /**
   * Checks the server and applies what is missing.
   *
   * @return how many migrations were applied
   * @throws DatabaseRefused when the server is not usable or its schema is newer than this code
   */
  public int migrate(String appRole, String engineRole) {
    try (Connection connection =
        DirectDataSource.of(url, ownerUser, ownerPassword).getConnection()) {
      DatabaseRules.check(connection);
    } catch (SQLException e) {
      throw new DatabaseRefused(
          "The database at %s cannot be used by %s: %s. Check hodei.db.url, hodei.db.owner.user and hodei.db.owner.password."
              .formatted(url, ownerUser, e.getMessage()));
    }
    Flyway flyway =
        Flyway.configure(Migrator.class.getClassLoader())
            .dataSource(DirectDataSource.of(url, ownerUser, ownerPassword))
            .locations("classpath:db/migration")
            .placeholders(Map.of("appRole", appRole, "engineRole", engineRole))
            .connectRetries(10)
            .load();
    refuseNewerSchema(flyway.info());
    return flyway.migrate().migrationsExecuted;
  }

  private static void refuseNewerSchema(MigrationInfoService info) {
    for (var migration : info.applied()) {
      if (migration.getState().name().startsWith("FUTURE")) {
        throw new DatabaseRefused(
            "The schema has version %s, which is newer than this Hodei. Start the newer release, or restore the backup made before its upgrade."
                .formatted(migration.getVersion()));
      }
    }
  }
}
