package io.hodei.dispatch.control;

import com.hazelcast.collection.IQueue;
import io.hodei.cluster.Grid;
import io.hodei.jobs.entity.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cluster-wide queue of tickets: one grid queue per demand and level, {@code
 * ready.<demand>.<level>}, whose items are packed job ids. A hint on topic {@code ready} says which
 * queues have something, so that nobody asks empty ones. Every offer may fail without harm.
 */
@ApplicationScoped
public class ReadyTickets {
  static final String TOPIC = "ready";
  private static final int LEVELS = 30;

  private final Grid grid;

  /** Demand to the levels that may have tickets, as bits. */
  private final ConcurrentHashMap<Long, Integer> hints = new ConcurrentHashMap<>();

  @Inject
  public ReadyTickets(Grid grid) {
    this.grid = grid;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ReadyTickets() {
    this(null);
  }

  /** Offers tickets to all nodes and tells them. */
  void offer(List<Ticket> tickets) {
    Map<Queue, List<Long>> byQueue = new HashMap<>();
    for (Ticket ticket : tickets) {
      byQueue
          .computeIfAbsent(new Queue(ticket.demandId(), ticket.level()), key -> new ArrayList<>())
          .add(ticket.jobId());
    }
    List<Long> told = new ArrayList<>();
    byQueue.forEach(
        (key, ids) -> {
          put(key, ids);
          told.add(key.demandId);
          told.add((long) key.level);
        });
    grid.publish(TOPIC, TicketCodec.pack(told));
  }

  private void put(Queue key, List<Long> ids) {
    List<byte[]> items = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += TicketCodec.MOST) {
      items.add(TicketCodec.pack(ids.subList(from, Math.min(ids.size(), from + TicketCodec.MOST))));
    }
    grid.call(
        member -> {
          IQueue<byte[]> queue = member.getQueue(key.name());
          if (queue.remainingCapacity() >= items.size()) {
            queue.addAll(items);
          }
          return true;
        });
  }

  /** Notes what a hint says; answers false when it is none. */
  boolean hear(byte[] hint) {
    long[] values = TicketCodec.unpack(hint);
    for (int i = 0; i + 1 < values.length; i += 2) {
      int level = (int) values[i + 1];
      if (level >= 0 && level < LEVELS) {
        hints.merge(values[i], 1 << level, (before, bit) -> before | bit);
      }
    }
    return values.length > 1;
  }

  /**
   * Up to about {@code most} tickets of a demand that this node may claim. The lanes share by
   * weight, a higher level of a lane goes before a lower one.
   */
  Deque<Ticket> take(long demandId, int most, LaneWeights weights) {
    Deque<Ticket> taken = new ArrayDeque<>();
    int bits = hints.getOrDefault(demandId, 0);
    while (bits != 0 && taken.size() < most) {
      int level = weights.choose(bits);
      int before = taken.size();
      drain(new Queue(demandId, level), taken, most - taken.size());
      if (taken.size() == before) {
        bits &= ~(1 << level);
        int empty = ~(1 << level);
        hints.computeIfPresent(
            demandId, (id, known) -> (known & empty) == 0 ? null : known & empty);
      }
    }
    return taken;
  }

  private void drain(Queue key, Deque<Ticket> into, int most) {
    List<Object> items = new ArrayList<>();
    int itemsWanted = Math.max(1, most / TicketCodec.MOST);
    grid.call(member -> member.getQueue(key.name()).drainTo(items, itemsWanted));
    for (Object item : items) {
      // What is no bytes was offered by none of us.
      if (item instanceof byte[] bytes) {
        for (long id : TicketCodec.unpack(bytes)) {
          into.add(new Ticket(id, key.demandId, key.level));
        }
      }
    }
  }

  private record Queue(long demandId, int level) {
    String name() {
      return "ready." + demandId + "." + level;
    }
  }
}
