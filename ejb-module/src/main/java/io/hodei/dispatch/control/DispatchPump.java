package io.hodei.dispatch.control;

import io.hodei.agents.entity.AgentsChanged;
import io.hodei.cluster.Grid;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.profiles.Profiles;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fills the free slots of the agents connected to this node, as long as there are ready jobs for
 * them. Works in rounds: take tickets, propose agents, claim all pairs with one statement, send
 * each agent its assignments in one frame.
 */
@ApplicationScoped
public class DispatchPump {
  /** Rounds without a claim before the loop rests; tickets can be stale, but not for ever. */
  private static final int MOST_EMPTY_ROUNDS = 50;

  private static final String POOLS_TOPIC = "pools";

  private final DispatchRound round;
  private final ReadyTickets tickets;
  private final TicketOffers offers;
  private final Demands demands;
  private final Grid grid;
  private final Profiles profiles;
  private final ManagedThreadFactory threads;
  private @Nullable Loop loop;
  private volatile long refreshedAt;
  private volatile boolean poolsChanged;

  @Inject
  public DispatchPump(
      DispatchRound round,
      ReadyTickets tickets,
      TicketOffers offers,
      Demands demands,
      Grid grid,
      Profiles profiles,
      ManagedThreadFactory threads) {
    this.round = round;
    this.tickets = tickets;
    this.offers = offers;
    this.demands = demands;
    this.grid = grid;
    this.profiles = profiles;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DispatchPump() {
    this(null, null, null, null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    grid.subscribe(ReadyTickets.TOPIC, this::hear);
    grid.subscribe(POOLS_TOPIC, message -> lookAtPools());
    loop = new Loop("dispatch", () -> profiles.active().poll(), threads, this::tick);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  /** Jobs became ready: all nodes get to know, this one too. */
  void offer(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobsReady event) {
    if (!round.keepLocally(event.tickets())) {
      offers.add(event.tickets());
    }
    wake();
  }

  /** A pool was paused or resumed: all nodes look, not only at their next poll. */
  void tellPools(@Observes(during = TransactionPhase.AFTER_SUCCESS) AgentsChanged event) {
    grid.publish(POOLS_TOPIC, new byte[0]);
    lookAtPools();
  }

  private void lookAtPools() {
    poolsChanged = true;
    wake();
  }

  /** Makes the next round come at once. */
  public void wake() {
    if (loop != null) {
      loop.wake();
    }
  }

  private void hear(byte[] hint) {
    if (tickets.hear(hint)) {
      wake();
    }
  }

  private void tick() {
    long pollNanos = profiles.active().poll().toNanos();
    boolean poll = System.nanoTime() - refreshedAt >= pollNanos - Duration.ofMillis(50).toNanos();
    if (poll || poolsChanged || round.meetsUnknownDemands()) {
      poolsChanged = false;
      demands.refresh();
      round.refreshed(poll);
      refreshedAt = poll ? System.nanoTime() : refreshedAt;
    }
    int empty = 0;
    while (empty < MOST_EMPTY_ROUNDS) {
      DispatchRound.Result result = round.run(profiles.active().batch());
      if (result == DispatchRound.Result.NOTHING_TO_DO) {
        return;
      }
      empty = result == DispatchRound.Result.CLAIMED ? 0 : empty + 1;
    }
  }
}
