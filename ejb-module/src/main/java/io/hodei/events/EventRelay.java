package io.hodei.events;

import io.hodei.cluster.Duties;
import io.hodei.cluster.Grid;
import io.hodei.cluster.Term;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.platform.OutboxWritten;
import io.hodei.platform.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Gives committed events their positions, on the node that holds the duty {@code relay}, and tells
 * all nodes. Works without the grid by looking every 200 ms, or every second when nothing happens.
 */
@ApplicationScoped
public class EventRelay {
  static final String DUTY = "relay";
  static final int ROWS = 2000;
  private static final String WAKE_TOPIC = "relay";
  private static final byte[] NOTHING = {};
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int IDLE_POLLS = 5;

  /** A round costs a commit, a hint to every node and a read on each: neighbours share one. */
  private static final Duration GATHERING = Duration.ofMillis(3);

  private static final Duration RETENTION_EVERY = Duration.ofMinutes(1);

  private final Outbox outbox;
  private final Grid grid;
  private final Duties duties;
  private final Settings settings;
  private final ThreadFactory threads;
  private final AtomicBoolean committedHere = new AtomicBoolean();
  private final AtomicBoolean committedElsewhere = new AtomicBoolean();
  private final LongAdder relayed = new LongAdder();
  private int emptyPolls;
  private @Nullable Loop relay;
  private @Nullable Loop retention;

  @Inject
  public EventRelay(
      Outbox outbox, Grid grid, Duties duties, Settings settings, ManagedThreadFactory threads) {
    this.outbox = outbox;
    this.grid = grid;
    this.duties = duties;
    this.settings = settings;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected EventRelay() {
    this(null, null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.EVENTS) NodeStarting event) {
    relay = new Loop("event-relay", POLL, GATHERING, threads, this::relay);
    retention = new Loop("event-retention", RETENTION_EVERY, threads, this::deleteOld);
    grid.subscribe(WAKE_TOPIC, hint -> wake(committedElsewhere));
  }

  void stop(@Observes @Priority(NodeStopping.EVENTS) NodeStopping event) {
    if (relay != null && retention != null) {
      relay.close();
      retention.close();
    }
  }

  /** Call it after each commit that wrote to the outbox; cheap, from any thread. */
  public void wake() {
    wake(committedHere);
  }

  void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutboxWritten event) {
    wake();
  }

  /** How many rows this node has given a position to. */
  public long relayed() {
    return relayed.sum();
  }

  private void wake(AtomicBoolean reason) {
    reason.set(true);
    Loop running = relay;
    if (running != null) {
      running.wake();
    }
  }

  private void relay() {
    boolean here = committedHere.getAndSet(false);
    boolean elsewhere = committedElsewhere.getAndSet(false);
    if (!here && !elsewhere && emptyPolls >= IDLE_POLLS && emptyPolls % IDLE_POLLS != 0) {
      emptyPolls++;
      return;
    }
    Optional<Term> term = duties.hold(DUTY);
    if (term.isPresent()) {
      emptyPolls = relayAll(term.get()) ? 0 : emptyPolls + 1;
    } else {
      emptyPolls++;
      if (here) {
        grid.publish(WAKE_TOPIC, NOTHING);
      }
    }
  }

  private boolean relayAll(Term term) {
    int placed = outbox.relay(term, ROWS);
    boolean some = placed > 0;
    while (placed > 0) {
      relayed.add(placed);
      grid.publish(EventFollower.HINT_TOPIC, NOTHING);
      placed = placed == ROWS ? outbox.relay(term, ROWS) : 0;
    }
    return some;
  }

  private void deleteOld() {
    Duration age = settings.value(HodeiSettings.OUTBOX_RETENTION);
    int deleted;
    do {
      Optional<Term> term = duties.hold(DUTY);
      deleted = term.map(held -> outbox.deleteOlderThan(held, age, ROWS)).orElse(0);
    } while (deleted == ROWS);
  }
}
