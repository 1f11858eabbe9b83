package io.hodei.dispatch.control;

import io.hodei.jobs.boundary.DemandKinds;
import io.hodei.jobs.entity.Ticket;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes tickets to the grid on a thread of its own, so that no request and no report waits for the
 * grid. When more wait than {@link #MOST_WAITING}, the rest is left to the nodes' looks at the
 * table. Jobs that the servers execute themselves have no queue in the grid: see {@code external}.
 */
@ApplicationScoped
public class TicketOffers {
  private static final int MOST_WAITING = 100_000;
  private static final int MOST_AT_ONCE = 10_000;

  private final ReadyTickets tickets;
  private final DemandKinds kinds;
  private final ManagedThreadFactory threads;
  private final ConcurrentLinkedQueue<Ticket> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private @Nullable Loop loop;

  @Inject
  public TicketOffers(ReadyTickets tickets, DemandKinds kinds, ManagedThreadFactory threads) {
    this.tickets = tickets;
    this.kinds = kinds;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected TicketOffers() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH - 1) NodeStarting event) {
    loop = new Loop("ticket-offers", Duration.ofSeconds(5), threads, this::offer);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH + 1) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  /** Any thread; never waits. */
  void add(List<Ticket> ready) {
    if (size.get() < MOST_WAITING) {
      size.addAndGet(ready.size());
      waiting.addAll(ready);
      if (loop != null) {
        loop.wake();
      }
    }
  }

  private void offer() {
    List<Ticket> batch = new ArrayList<>();
    for (Ticket ticket = waiting.poll(); ticket != null; ticket = waiting.poll()) {
      batch.add(ticket);
      if (batch.size() == MOST_AT_ONCE) {
        send(batch);
        batch = new ArrayList<>();
      }
    }
    send(batch);
  }

  private void send(List<Ticket> batch) {
    if (!batch.isEmpty()) {
      size.addAndGet(-batch.size());
      Set<Long> serverSide =
          kinds.serverSide(batch.stream().map(Ticket::demandId).distinct().toList());
      List<Ticket> ofAgents =
          batch.stream().filter(ticket -> !serverSide.contains(ticket.demandId())).toList();
      if (!ofAgents.isEmpty()) {
        tickets.offer(ofAgents);
      }
    }
  }
}
