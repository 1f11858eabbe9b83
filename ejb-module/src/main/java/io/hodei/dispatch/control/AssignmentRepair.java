package io.hodei.dispatch.control;

import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends assignments again that were not started for some seconds. A claim that commits while its
 * agent moves to another node may never reach the agent; agents pass over what they know.
 */
@ApplicationScoped
public class AssignmentRepair {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final DispatchRound round;
  private final Seats seats;
  private final JobClaims claims;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;

  @Inject
  public AssignmentRepair(
      DispatchRound round, Seats seats, JobClaims claims, ManagedThreadFactory threads) {
    this.round = round;
    this.seats = seats;
    this.claims = claims;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AssignmentRepair() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    loop = new Loop("assignment-repair", EVERY, threads, this::repair);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  private void repair() {
    long[] sessions = seats.all().stream().mapToLong(Seat::sessionId).toArray();
    if (sessions.length == 0) {
      return;
    }
    Map<Long, List<LeasedJob>> bySession = new HashMap<>();
    claims
        .notStarted(sessions)
        .forEach(
            job ->
                bySession
                    .computeIfAbsent(job.sessionId(), id -> new java.util.ArrayList<>())
                    .add(job));
    bySession.forEach(round::assign);
  }
}
