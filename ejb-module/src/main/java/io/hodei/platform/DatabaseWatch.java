package io.hodei.platform;

import io.hodei.db.WatchedSockets;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Tells a database that hangs from a statement that takes long: asks it something trivial twice a
 * second on a connection of its own. Without an answer for two seconds all connections of the pools
 * are closed, so that whoever waits for one gets an error, until it answers again.
 */
@ApplicationScoped
public class DatabaseWatch {
  private static final Logger LOG = System.getLogger(DatabaseWatch.class.getName());
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int PATIENCE_SECONDS = 2;

  private final Settings settings;
  private final ManagedThreadFactory threads;
  private final LongAdder hangs = new LongAdder();
  private volatile boolean hanging;
  private @Nullable Connection connection;
  private @Nullable Loop loop;

  @Inject
  public DatabaseWatch(Settings settings, ManagedThreadFactory threads) {
    this.settings = settings;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DatabaseWatch() {
    this(null, null);
  }

  void start(@Observes @Priority(NodeStarting.CLUSTER - 1) NodeStarting event) {
    loop = new Loop("database-watch", EVERY, threads, this::look);
  }

  void stop(@Observes @Priority(NodeStopping.CLUSTER + 1) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  /** Whether it takes connections and statements but answers none. */
  public boolean isHanging() {
    return hanging;
  }

  /**
   * Spares a thread the wait for it.
   *
   * @throws DatabaseFailure while it hangs
   */
  public void refuseWhileHanging() {
    if (hanging) {
      throw DatabaseFailure.hanging();
    }
  }

  /** How often it was found hanging since the start. */
  public long hangs() {
    return hangs.sum();
  }

  private void look() {
    try {
      ask();
      if (hanging) {
        goOn();
        LOG.log(Level.INFO, "The database answers again");
      }
    } catch (SQLException e) {
      disconnect();
      if (Causes.find(e, SocketTimeoutException.class).isPresent()) {
        closeAll();
      } else {
        // It answers, or refuses at once: the pools see that for themselves.
        goOn();
      }
    }
  }

  private void goOn() {
    hanging = false;
    WatchedSockets.allow();
  }

  private void closeAll() {
    if (!hanging) {
      hangs.increment();
    }
    hanging = true;
    LOG.log(
        Level.WARNING,
        "The database did not answer for {0} s; {1} connections were closed. Requests are answered 503 until it does",
        PATIENCE_SECONDS,
        WatchedSockets.refuse());
  }

  private void ask() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = source().getConnection();
      connection = open;
    }
    try (Statement statement = open.createStatement()) {
      statement.execute("select 1");
    }
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "A broken connection could not be closed: {0}", Causes.sentence(e));
      }
    }
  }

  private PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.value(HodeiSettings.DB_URL));
    source.setUser(settings.value(HodeiSettings.DB_USER));
    source.setPassword(settings.value(HodeiSettings.DB_PASSWORD));
    source.setApplicationName("hodei-watch");
    source.setConnectTimeout(PATIENCE_SECONDS);
    source.setSocketTimeout(PATIENCE_SECONDS);
    return source;
  }
}
