package io.hodei.health;

import io.hodei.platform.Database;
import io.hodei.platform.Requests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Asks the database something trivial on a thread of its own, because a connection that hangs
 * cannot be interrupted; at most two such threads.
 */
@ApplicationScoped
public class DatabaseProbe {
  private final DataSource source;

  @Inject
  public DatabaseProbe(@Requests DataSource source) {
    this.source = source;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DatabaseProbe() {
    this(null);
  }

  /** Completes when the database answered; fails after two seconds. */
  @Asynchronous
  @Timeout(2000)
  @Bulkhead(value = 2, waitingTaskQueue = 8)
  public CompletionStage<Boolean> ask() {
    new Database(source).sql("select 1").execute();
    return CompletableFuture.completedFuture(true);
  }
}
