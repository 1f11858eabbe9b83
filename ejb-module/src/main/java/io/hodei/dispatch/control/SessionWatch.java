package io.hodei.dispatch.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds sessions that nobody renews, by this node's monotonic clock: a session is over when its
 * renewal time has not changed for longer than {@code after} while this node watched. Jumps of the
 * database's clock, and times without a database, end nothing: then nothing is watched.
 */
final class SessionWatch {
  /**
   * A longer gap between two looks means that this node was paused or had no database; it starts
   * watching anew.
   */
  private static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final long afterNanos;
  private final Map<Long, Seen> seen = new HashMap<>();
  private long lastLook;

  SessionWatch(Duration after) {
    this.afterNanos = after.toNanos();
  }

  /**
   * Takes a look.
   *
   * @param open session to renewal time, as the database has them now
   * @param now {@link System#nanoTime}
   * @return the sessions that are over, with the renewal time that has to be still there when they
   *     are ended
   */
  Map<Long, Long> look(Map<Long, Long> open, long now) {
    if (!seen.isEmpty() && now - lastLook > MOST_BETWEEN_LOOKS.toNanos()) {
      seen.clear();
    }
    lastLook = now;
    seen.keySet().retainAll(open.keySet());
    Map<Long, Long> over = new HashMap<>();
    open.forEach(
        (session, renewed) -> {
          Seen before = seen.get(session);
          if (before == null || before.renewed != renewed) {
            seen.put(session, new Seen(renewed, now));
          } else if (now - before.since > afterNanos) {
            over.put(session, renewed);
          }
        });
    return over;
  }

  private record Seen(long renewed, long since) {}
}
