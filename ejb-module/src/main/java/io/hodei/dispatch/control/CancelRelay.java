package io.hodei.dispatch.control;

import io.hodei.cluster.Grid;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.entity.CancelRequested;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.protocol.hwp.Cancel;
import io.hodei.protocol.hwp.ServerFrame;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Brings cancel requests to the agents. A hint through the grid makes it fast; each node also asks
 * the table for its own sessions, so a lost hint only costs a poll interval. Asking an agent twice
 * does nothing.
 */
@ApplicationScoped
public class CancelRelay {
  private static final String TOPIC = "cancel";
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Grid grid;
  private final Seats seats;
  private final JobClaims claims;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;

  @Inject
  public CancelRelay(Grid grid, Seats seats, JobClaims claims, ManagedThreadFactory threads) {
    this.grid = grid;
    this.seats = seats;
    this.claims = claims;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected CancelRelay() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    grid.subscribe(TOPIC, this::hear);
    loop = new Loop("cancel-relay", EVERY, threads, this::ask);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) CancelRequested event) {
    event.attempts().forEach(this::send);
    long[] sessions =
        event.attempts().stream()
            .mapToLong(HeldAttempt::sessionId)
            .filter(id -> seats.find(id).isEmpty())
            .distinct()
            .limit(500)
            .toArray();
    if (sessions.length > 0) {
      grid.publish(TOPIC, TicketCodec.pack(sessions));
    }
  }

  /** A hint proves nothing: the table is asked what shall end. */
  private void hear(byte[] hint) {
    for (long session : TicketCodec.unpack(hint)) {
      if (loop != null && seats.find(session).isPresent()) {
        loop.wake();
        return;
      }
    }
  }

  private void ask() {
    long[] sessions = seats.all().stream().mapToLong(Seat::sessionId).toArray();
    if (sessions.length > 0) {
      claims.cancels(sessions).forEach(this::send);
    }
  }

  private void send(HeldAttempt attempt) {
    Cancel.Builder cancel = Cancel.newBuilder().setJobId(attempt.jobId()).setEpoch(attempt.epoch());
    Duration grace = attempt.grace();
    if (grace != null) {
      cancel.setGraceMillis(grace.toMillis());
    }
    ServerFrame frame = ServerFrame.newBuilder().setCancel(cancel).build();
    seats.find(attempt.sessionId()).ifPresent(seat -> seat.channel().send(frame));
  }
}
