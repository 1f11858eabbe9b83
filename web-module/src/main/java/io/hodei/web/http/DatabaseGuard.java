package io.hodei.web.http;

import io.hodei.platform.Causes;
import io.hodei.platform.DatabaseFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * The way of every request to the database. While the database is gone, requests are refused at
 * once instead of waiting for a connection each; and never do more than a bounded number of threads
 * wait. Nothing is retried here: a retry belongs outside of the transaction, to the client.
 */
@ApplicationScoped
public class DatabaseGuard {
  /** Twice the connections of the pool: one half works, the other half waits. */
  private static final int MOST_AT_ONCE = 48;

  /** As many as threads serve requests. */
  private static final int MOST_WAITING = 512;

  /** The database is gone; what the circuit breaker counts. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(Throwable cause) {
      super("The database does not answer", cause);
    }
  }

  /** Runs work that uses the database. */
  @Bulkhead(MOST_AT_ONCE)
  @CircuitBreaker(
      failOn = Gone.class,
      requestVolumeThreshold = 8,
      failureRatio = 0.5,
      delay = 2000,
      successThreshold = 1)
  public <T> T call(Supplier<T> work) {
    return guarded(work);
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (isUnavailable(e)) {
        throw new Gone(e);
      }
      throw e;
    }
  }

  /** Waits for work of others, which does not take a connection of its own for each request. */
  @Bulkhead(MOST_WAITING)
  @CircuitBreaker(
      failOn = Gone.class,
      requestVolumeThreshold = 8,
      failureRatio = 0.5,
      delay = 2000,
      successThreshold = 1)
  public <T> T await(Supplier<T> work) {
    return guarded(work);
  }

  /** Whether the cause is a database that cannot be reached, or gives no connection in time. */
  public static boolean isUnavailable(Throwable thrown) {
    return thrown instanceof Gone
        || Causes.find(thrown, DatabaseFailure.class)
            .map(DatabaseFailure::unavailable)
            .orElse(false)
        || (Causes.find(thrown, PersistenceException.class).isPresent()
            && Causes.find(thrown, SQLException.class).map(DatabaseGuard::isGone).orElse(false));
  }

  private static boolean isGone(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || state == null
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }
}
