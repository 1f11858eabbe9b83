package io.hodei.security;

import io.hodei.cluster.Duties;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.security.control.SessionRepository;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The duty {@code console-sessions}: forgets logins and codes that nobody can use any more. */
@ApplicationScoped
public class SessionRetention {
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final SessionRepository repository;
  private final Duties duties;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;

  @Inject
  public SessionRetention(
      SessionRepository repository, Duties duties, ManagedThreadFactory threads) {
    this.repository = repository;
    this.duties = duties;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SessionRetention() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    loop = new Loop("console-sessions", EVERY, threads, this::forget);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void forget() {
    duties.hold("console-sessions").ifPresent(repository::forget);
  }
}
