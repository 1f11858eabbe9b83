package io.hodei.dispatch.control;

import io.hodei.cluster.Duties;
import io.hodei.cluster.Term;
import io.hodei.jobs.boundary.JobClock;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The duty {@code timer}: makes due jobs ready and ends those that ran out of time. */
@ApplicationScoped
public class JobTimer {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration LIMITS_EVERY = Duration.ofSeconds(1);
  private static final int MOST = 1_000;

  private final JobClock clock;
  private final Duties duties;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;
  private long limitsAt;

  @Inject
  public JobTimer(JobClock clock, Duties duties, ManagedThreadFactory threads) {
    this.clock = clock;
    this.duties = duties;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobTimer() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    limitsAt = System.nanoTime();
    loop = new Loop("job-timer", EVERY, threads, this::tick);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void tick() {
    Optional<Term> term = duties.hold("timer");
    if (term.isEmpty()) {
      return;
    }
    if (clock.due(term.get(), MOST) == MOST && loop != null) {
      loop.wake();
    }
    if (System.nanoTime() - limitsAt > LIMITS_EVERY.toNanos()) {
      limitsAt = System.nanoTime();
      if (clock.enforceLimits(term.get(), MOST) >= MOST && loop != null) {
        loop.wake();
      }
    }
  }
}
