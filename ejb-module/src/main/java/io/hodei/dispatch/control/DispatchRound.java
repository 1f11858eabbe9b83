package io.hodei.dispatch.control;

import io.hodei.cluster.Membership;
import io.hodei.dispatch.control.Placement.Room;
import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.DemandInfo;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.jobs.entity.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One round of the pump. Called by the pump's thread only, except for what is said otherwise. */
@ApplicationScoped
public class DispatchRound {
  /** Tickets kept on this node without the grid, at most. */
  private static final int MOST_LOCAL = 4_096;

  /** How a round ended. */
  enum Result {
    CLAIMED,
    CLAIMED_NOTHING,
    NOTHING_TO_DO
  }

  private final Seats seats;
  private final Demands demands;
  private final ReadyTickets tickets;
  private final TicketOffers offers;
  private final JobClaims claims;
  private final Membership membership;
  private final Placement placement = new Placement();
  private final Map<Long, LaneWeights> weights = new HashMap<>();

  /** Tickets of jobs submitted to this node while one of its agents had room. Any thread adds. */
  private final ConcurrentLinkedQueue<Ticket> local = new ConcurrentLinkedQueue<>();

  private final AtomicInteger localSize = new AtomicInteger();

  /** Demands whose table may hold ready jobs without tickets. */
  private final Set<Long> toLookAt = new HashSet<>();

  private volatile boolean unknownDemand;

  @Inject
  public DispatchRound(
      Seats seats,
      Demands demands,
      ReadyTickets tickets,
      TicketOffers offers,
      JobClaims claims,
      Membership membership) {
    this.seats = seats;
    this.demands = demands;
    this.tickets = tickets;
    this.offers = offers;
    this.claims = claims;
    this.membership = membership;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DispatchRound() {
    this(null, null, null, null, null, null);
  }

  /**
   * Keeps tickets on this node when its agents have room for all of them, which saves the way
   * through the grid. Any thread.
   */
  boolean keepLocally(List<Ticket> ready) {
    int room = 0;
    DemandInfo demand = demands.all().get(ready.getFirst().demandId());
    if (demand == null) {
      unknownDemand = true;
    } else {
      for (Seat seat : seats.all()) {
        room += fits(demand, seat) ? seat.free() : 0;
      }
    }
    boolean sameDemand =
        ready.stream().allMatch(ticket -> ticket.demandId() == ready.getFirst().demandId());
    if (!sameDemand || room < ready.size() + localSize.get() || localSize.get() > MOST_LOCAL) {
      return false;
    }
    localSize.addAndGet(ready.size());
    local.addAll(ready);
    return true;
  }

  boolean meetsUnknownDemands() {
    return unknownDemand;
  }

  /** The demands were read again; at a poll, every table is looked at once. */
  void refreshed(boolean poll) {
    unknownDemand = false;
    weights.keySet().retainAll(demands.all().keySet());
    if (poll) {
      toLookAt.addAll(demands.all().keySet());
    }
  }

  Result run(int batch) {
    List<Room> rooms = seats.all().stream().map(Room::new).filter(room -> room.free > 0).toList();
    Map<Long, Deque<Ticket>> locals = takeLocal();
    if (rooms.isEmpty()) {
      locals.values().forEach(this::giveAway);
      return Result.NOTHING_TO_DO;
    }
    List<Ticket> proposed = new ArrayList<>();
    List<Long> sessions = new ArrayList<>();
    for (DemandInfo demand : shuffled(demands.all().values())) {
      List<Room> fitting = rooms.stream().filter(room -> fits(demand, room.seat)).toList();
      int free = fitting.stream().mapToInt(room -> room.free).sum();
      int want = Math.min(free, batch - proposed.size());
      if (want > 0 && !demand.paused()) {
        propose(demand, fitting, want, locals.remove(demand.id()), proposed, sessions);
      }
    }
    locals.values().forEach(this::giveAway);
    if (proposed.isEmpty()) {
      return Result.NOTHING_TO_DO;
    }
    return claim(proposed, sessions) ? Result.CLAIMED : Result.CLAIMED_NOTHING;
  }

  private void propose(
      DemandInfo demand,
      List<Room> rooms,
      int want,
      @Nullable Deque<Ticket> own,
      List<Ticket> proposed,
      List<Long> sessions) {
    Deque<Ticket> found = own == null ? new ArrayDeque<>() : own;
    if (found.size() < want) {
      found.addAll(
          tickets.take(
              demand.id(),
              want - found.size(),
              weights.computeIfAbsent(demand.id(), id -> new LaneWeights())));
    }
    if (found.isEmpty() && toLookAt.remove(demand.id())) {
      List<Ticket> ready = claims.look(demand.id(), want);
      if (ready.size() >= want) {
        toLookAt.add(demand.id()); // There is more than fits now.
      }
      found.addAll(ready);
    }
    int most = want;
    while (!found.isEmpty() && most-- > 0) {
      Ticket ticket = found.poll();
      placement
          .choose(
              demand.placement(),
              rooms,
              demand.placement().equals("CONSISTENT_HASH") ? ticket.jobId() : 0)
          .ifPresent(
              room -> {
                proposed.add(ticket);
                sessions.add(room.seat.sessionId());
              });
    }
    giveAway(found);
  }

  /** Sends what this node has no room for to the others. */
  private void giveAway(Deque<Ticket> rest) {
    if (!rest.isEmpty()) {
      offers.add(List.copyOf(rest));
    }
  }

  private boolean claim(List<Ticket> proposed, List<Long> sessions) {
    List<LeasedJob> leased =
        claims.claim(
            membership.number(),
            proposed.stream().mapToLong(Ticket::jobId).toArray(),
            sessions.stream().mapToLong(Long::longValue).toArray());
    if (leased.size() < proposed.size()) {
      keepForLater(proposed, leased);
    }
    Map<Long, List<LeasedJob>> bySession = new HashMap<>();
    leased.forEach(
        job -> bySession.computeIfAbsent(job.sessionId(), id -> new ArrayList<>()).add(job));
    bySession.forEach(this::assign);
    return !leased.isEmpty();
  }

  /**
   * Gives the tickets back that were refused because their pool was paused meanwhile. Without them
   * the jobs would start after the pool's other ones, whatever their priority.
   */
  private void keepForLater(List<Ticket> proposed, List<LeasedJob> leased) {
    demands.refresh();
    Set<Long> got = leased.stream().map(LeasedJob::id).collect(Collectors.toSet());
    giveAway(
        proposed.stream()
            .filter(ticket -> !got.contains(ticket.jobId()) && isPaused(ticket.demandId()))
            .collect(Collectors.toCollection(ArrayDeque::new)));
  }

  private boolean isPaused(long demandId) {
    DemandInfo demand = demands.all().get(demandId);
    return demand != null && demand.paused();
  }

  /** Sends assignments to the agent of a session, if it is connected here. Any thread. */
  void assign(long session, List<LeasedJob> leased) {
    // Without a seat the agent has gone to another node, which sends what it does not know.
    seats
        .find(session)
        .ifPresent(
            seat -> {
              leased.forEach(job -> seat.held().add(new AttemptKey(job.id(), job.epoch())));
              Assignments.frames(leased).forEach(seat.channel()::send);
            });
  }

  private Map<Long, Deque<Ticket>> takeLocal() {
    Map<Long, Deque<Ticket>> taken = new HashMap<>();
    for (Ticket ticket = local.poll(); ticket != null; ticket = local.poll()) {
      localSize.decrementAndGet();
      taken.computeIfAbsent(ticket.demandId(), id -> new ArrayDeque<>()).add(ticket);
    }
    return taken;
  }

  private static boolean fits(DemandInfo demand, Seat seat) {
    var agent = seat.agent();
    return demand.fits(seat.tenantId(), agent.pools(), agent.executors(), agent.labels());
  }

  /** No demand is always the first to get the last free slots. */
  private static List<DemandInfo> shuffled(Collection<DemandInfo> all) {
    List<DemandInfo> list = new ArrayList<>(all);
    java.util.Collections.shuffle(list);
    return list;
  }
}
