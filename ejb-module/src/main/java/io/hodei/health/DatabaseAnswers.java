package io.hodei.health;

import io.hodei.platform.Causes;
import io.hodei.platform.DatabaseWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers within two seconds. */
@Readiness
@ApplicationScoped
public class DatabaseAnswers implements HealthCheck {
  private static final Logger LOG = System.getLogger(DatabaseAnswers.class.getName());

  private final DatabaseProbe probe;
  private final DatabaseWatch watch;

  @Inject
  public DatabaseAnswers(DatabaseProbe probe, DatabaseWatch watch) {
    this.probe = probe;
    this.watch = watch;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DatabaseAnswers() {
    this(null, null);
  }

  @Override
  public HealthCheckResponse call() {
    if (watch.isHanging()) {
      return HealthCheckResponse.down("database");
    }
    try {
      probe.ask().toCompletableFuture().join();
      return HealthCheckResponse.up("database");
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The database does not answer: {0}", Causes.sentence(e));
      return HealthCheckResponse.down("database");
    }
  }
}
