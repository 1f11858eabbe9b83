package io.hodei.platform;

import io.hodei.db.DatabaseRefused;
import io.hodei.db.DatabaseRules;
import io.hodei.db.DirectDataSource;
import io.hodei.db.Migrator;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Starts a node: settings, database, migrations, then every feature by {@link NodeStarting}. A node
 * whose database is not fit to be trusted does not start.
 */
@Singleton
@Startup
@TransactionManagement(
    TransactionManagementType.BEAN) // Else all of the start would be one transaction.
public class Boot {
  private static final Logger LOG = System.getLogger(Boot.class.getName());

  private final Settings settings;
  private final Event<NodeStarting> starting;
  private final Event<NodeStopping> stopping;

  @Inject
  public Boot(Settings settings, Event<NodeStarting> starting, Event<NodeStopping> stopping) {
    this.settings = settings;
    this.starting = starting;
    this.stopping = stopping;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Boot() {
    this(null, null, null);
  }

  /** Each feature commits for itself: the class's attribute does not hold for callbacks. */
  @PostConstruct
  void start() {
    try {
      HodeiSettings.ALL.forEach(settings::value);
      prepareDatabase();
      starting.fire(new NodeStarting());
    } catch (DatabaseRefused | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "Hodei does not start: " + e.getMessage());
      throw e;
    }
  }

  @PreDestroy
  void stop() {
    stopping.fire(new NodeStopping());
  }

  private void prepareDatabase() {
    String url = settings.value(HodeiSettings.DB_URL);
    String owner = settings.value(HodeiSettings.DB_OWNER_USER);
    String appRole = settings.value(HodeiSettings.DB_USER);
    String engineRole = settings.value(HodeiSettings.DB_ENGINE_USER);
    if (!owner.isEmpty()) {
      int applied =
          new Migrator(url, owner, settings.value(HodeiSettings.DB_OWNER_PASSWORD))
              .migrate(appRole, engineRole);
      LOG.log(Level.INFO, "The schema is current; {0} migrations were applied", applied);
    }
    check(url, appRole, settings.value(HodeiSettings.DB_PASSWORD));
    check(url, engineRole, settings.value(HodeiSettings.DB_ENGINE_PASSWORD));
  }

  private static void check(String url, String role, String password) {
    try (Connection connection = DirectDataSource.of(url, role, password).getConnection()) {
      DatabaseRules.check(connection);
      DatabaseRules.checkRole(connection);
    } catch (SQLException e) {
      throw new DatabaseRefused(
          "The database at %s cannot be used by %s: %s. Check hodei.db.url and the role's password."
              .formatted(url, role, e.getMessage()));
    }
  }
}
