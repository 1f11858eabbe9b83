package io.hodei.web.http;

import io.hodei.platform.Causes;
import io.hodei.platform.DatabaseFailure;
import io.hodei.platform.DatabaseWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * The way of every request to the database, but of single submits, which others carry out together
 * (SingleSubmits). While the database is gone, requests are refused at once instead of waiting for
 * a connection each; and never do more than a bounded number of threads wait. Nothing is retried
 * here: a retry belongs outside of the transaction, to the client.
 */
@ApplicationScoped
public class DatabaseGuard {
  /**
   * What waits takes a thread of those that serve HTTP and a connection, or its turn for one. A
   * cold node takes a second for what takes milliseconds later, so fewer would refuse a load that
   * it carries well. The wait of each ends after the 3 s of the pool.
   */
  private static final int MOST_AT_ONCE = 128;

  /** The database is gone; what the circuit breaker counts. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(Throwable cause) {
      super("The database does not answer", cause);
    }

    Gone() {
      super("The database does not answer");
    }
  }

  private final DatabaseWatch watch;

  @Inject
  public DatabaseGuard(DatabaseWatch watch) {
    this.watch = watch;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DatabaseGuard() {
    this(null);
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
    if (watch.isHanging()) {
      throw new Gone();
    }
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (isUnavailable(e)) {
        throw new Gone(e);
      }
      throw e;
    }
  }

  /** Whether the cause is a database that cannot be reached, or gives no connection in time. */
  public static boolean isUnavailable(Throwable thrown) {
    return thrown instanceof Gone
        || commitIsUnknown(thrown)
        || Causes.find(thrown, DatabaseFailure.class)
            .map(DatabaseFailure::unavailable)
            .orElse(false)
        || (Causes.find(thrown, PersistenceException.class).isPresent()
            && Causes.find(thrown, SQLException.class).map(DatabaseGuard::isGone).orElse(false));
  }

  /** Whether the database went away while it committed: nobody knows whether it did. */
  static boolean commitIsUnknown(Throwable thrown) {
    return Causes.find(thrown, XAException.class).isPresent();
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
