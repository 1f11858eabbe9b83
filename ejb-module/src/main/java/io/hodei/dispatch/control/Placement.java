package io.hodei.dispatch.control;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses an agent for a job among those that could take it. */
final class Placement {
  /** An agent with room in this round. */
  static final class Room {
    final Seat seat;
    int free;

    Room(Seat seat) {
      this.seat = seat;
      this.free = seat.free();
    }

    double share() {
      return (double) free / seat.agent().slots();
    }
  }

  private int turn;

  /** Takes a slot of the chosen agent; empty when none has room. */
  Optional<Room> choose(String strategy, List<Room> rooms, long key) {
    List<Room> open = rooms.stream().filter(room -> room.free > 0).toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Room chosen =
        switch (strategy) {
          case "ROUND_ROBIN" -> open.get(Math.floorMod(turn++, open.size()));
          case "RESOURCE_AWARE" ->
              open.stream()
                  .min(Comparator.comparingDouble(room -> room.seat.load() - room.share()))
                  .orElseThrow();
          case "CONSISTENT_HASH" ->
              open.stream()
                  .max(Comparator.comparingLong(room -> rendezvous(key, room.seat.agentId())))
                  .orElseThrow();
          default -> open.stream().max(Comparator.comparingDouble(Room::share)).orElseThrow();
        };
    chosen.free--;
    return Optional.of(chosen);
  }

  /** Rendezvous hashing: an agent that comes or goes moves only its own keys. */
  private static long rendezvous(long key, long agent) {
    long mixed = (key ^ agent) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (mixed ^ mixed >>> 32) >>> 1;
  }
}
