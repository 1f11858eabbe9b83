package io.hodei.dispatch.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The agents connected to this node, by session. */
@ApplicationScoped
public class Seats {
  private final ConcurrentHashMap<Long, Seat> seats = new ConcurrentHashMap<>();

  /** Puts the seat in place; an older connection of the same session is closed. */
  void add(Seat seat) {
    Seat before = seats.put(seat.sessionId(), seat);
    if (before != null) {
      before.close();
      before.channel().close("The session has connected again");
    }
  }

  void remove(Seat seat) {
    seat.close();
    seats.remove(seat.sessionId(), seat);
  }

  Optional<Seat> find(long sessionId) {
    @Nullable Seat seat = seats.get(sessionId);
    return Optional.ofNullable(seat);
  }

  Collection<Seat> all() {
    return seats.values();
  }

  /** How many agents are connected here. */
  public int size() {
    return seats.size();
  }

  /** Slots of the agents connected here that nobody uses. */
  public int freeSlots() {
    return seats.values().stream().mapToInt(Seat::free).sum();
  }
}
