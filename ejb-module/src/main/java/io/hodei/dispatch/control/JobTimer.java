package io.hodei.dispatch.control;

import io.hodei.cluster.Duties;
import io.hodei.cluster.Term;
import io.hodei.events.EventBus;
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
import org.jspecify.annotations.Nullable;

/**
 * The duty {@code timer}: makes due jobs ready and ends those that ran out of time. Sleeps until
 * the next one is due, a second at most; events of jobs tell that there may be an earlier one.
 */
@ApplicationScoped
public class JobTimer {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Jobs that are due one after the other are taken together. */
  private static final Duration SHORTEST = Duration.ofMillis(20);

  /** How long events gather, and the pause in which none is waited for. */
  private static final Duration GATHERING = Duration.ofMillis(200);

  private static final int MOST = 1_000;

  private final JobClock clock;
  private final Duties duties;
  private final EventBus events;
  private final ManagedThreadFactory threads;
  private volatile Duration pause = LONGEST;
  private volatile boolean moved;
  private @Nullable Loop loop;
  private long limitsAt;

  @Inject
  public JobTimer(JobClock clock, Duties duties, EventBus events, ManagedThreadFactory threads) {
    this.clock = clock;
    this.duties = duties;
    this.events = events;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobTimer() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    limitsAt = System.nanoTime();
    loop = new Loop("job-timer", () -> pause, GATHERING, threads, this::tick);
    events.subscribe("job.*", rows -> heardOfJobs());
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void heardOfJobs() {
    moved = true;
    Loop running = loop;
    if (running != null && pause.compareTo(GATHERING) > 0) {
      running.wake();
    }
  }

  private void tick() {
    moved = false;
    Duration next = LONGEST;
    try {
      next = duties.hold("timer").map(this::look).orElse(LONGEST);
    } finally {
      pause = next;
      if (moved) {
        // During the look, so that the loop was perhaps not woken.
        pause = least(next, GATHERING);
      }
    }
  }

  /** Does what is due; answers when to look again. */
  private Duration look(Term term) {
    boolean more = clock.due(term, MOST) == MOST;
    if (System.nanoTime() - limitsAt > LONGEST.toNanos() * 9 / 10) {
      limitsAt = System.nanoTime();
      more |= clock.enforceLimits(term, MOST) >= MOST;
    }
    if (more) {
      return Duration.ZERO;
    }
    Duration next = clock.untilDue().orElse(LONGEST);
    return next.compareTo(SHORTEST) < 0 ? SHORTEST : least(next, LONGEST);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
