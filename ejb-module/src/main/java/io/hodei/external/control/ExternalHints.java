package io.hodei.external.control;

import io.hodei.cluster.Grid;
import io.hodei.jobs.boundary.DemandKinds;
import io.hodei.jobs.entity.CancelRequested;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.jobs.entity.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears of jobs that are ready or shall end. Everything here may be lost or wrong: the loop asks
 * the tables, and polls them besides.
 */
@ApplicationScoped
public class ExternalHints {
  private static final String READY = "external";

  /** What those who bring cancel requests to agents say, too. */
  private static final String CANCEL = "cancel";

  private static final Duration TELL_EVERY = Duration.ofMillis(500);

  private final Grid grid;
  private final DemandKinds kinds;

  /** Demands of jobs that became ready; most of them are of agents. */
  private final Set<Long> demands = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean shallEnd = new AtomicBoolean();
  private long toldAt = System.nanoTime() - TELL_EVERY.toNanos() - 1;
  private volatile Runnable wake = () -> {};

  @Inject
  public ExternalHints(Grid grid, DemandKinds kinds) {
    this.grid = grid;
    this.kinds = kinds;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ExternalHints() {
    this(null, null);
  }

  void start(Runnable onHint) {
    wake = onHint;
    grid.subscribe(READY, message -> hear(told));
    grid.subscribe(CANCEL, message -> hear(shallEnd));
  }

  /** Whether jobs that the servers execute have become ready since the last time. */
  boolean areReady() {
    boolean ready = told.getAndSet(false);
    Set<Long> heard = new HashSet<>(demands);
    demands.removeAll(heard);
    return !kinds.serverSide(heard).isEmpty() || ready;
  }

  /** Whether something may have to end since the last time. */
  boolean shallEnd() {
    return shallEnd.getAndSet(false);
  }

  /** There is more than this node can take. Called by one thread. */
  void tellOthers() {
    long now = System.nanoTime();
    if (now - toldAt > TELL_EVERY.toNanos()) {
      toldAt = now;
      grid.publish(READY, new byte[] {1});
    }
  }

  void ready(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobsReady event) {
    boolean heard = false;
    long last = 0;
    for (Ticket ticket : event.tickets()) {
      if (ticket.demandId() != last && kinds.mayBeServerSide(ticket.demandId())) {
        heard |= demands.add(ticket.demandId());
      }
      last = ticket.demandId();
    }
    if (heard) {
      wake.run();
    }
  }

  void shallEnd(@Observes(during = TransactionPhase.AFTER_SUCCESS) CancelRequested event) {
    hear(shallEnd);
  }

  private void hear(AtomicBoolean hint) {
    hint.set(true);
    wake.run();
  }
}
