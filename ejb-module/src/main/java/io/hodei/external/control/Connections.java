package io.hodei.external.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections that nobody uses, to be used again soon. Safe for threads. */
final class Connections {
  /** Shorter than servers usually keep theirs. */
  static final Duration LONGEST_IDLE = Duration.ofSeconds(4);

  private static final int MOST_OF_ONE = 128;
  private static final int MOST = 512;

  private final Map<String, Deque<Idle>> byOrigin = new HashMap<>();
  private int size;

  private record Idle(Connection connection, long since) {}

  /** The one that was used last; null when there is none. */
  synchronized @Nullable Connection take(String origin, long now) {
    closeOld(now);
    Deque<Idle> idle = byOrigin.get(origin);
    if (idle == null) {
      return null;
    }
    Connection newest = idle.removeLast().connection;
    size--;
    if (idle.isEmpty()) {
      byOrigin.remove(origin);
    }
    return newest;
  }

  synchronized void keep(String origin, Connection connection, long now) {
    Deque<Idle> idle = byOrigin.computeIfAbsent(origin, key -> new ArrayDeque<>());
    if (idle.size() >= MOST_OF_ONE || size >= MOST) {
      connection.close();
      return;
    }
    idle.addLast(new Idle(connection, now));
    size++;
  }

  synchronized void closeAll() {
    byOrigin.values().forEach(idle -> idle.forEach(each -> each.connection.close()));
    byOrigin.clear();
    size = 0;
  }

  /** Closes those that were not used for long. */
  synchronized void closeOld(long now) {
    for (Iterator<Deque<Idle>> all = byOrigin.values().iterator(); all.hasNext(); ) {
      Deque<Idle> idle = all.next();
      while (!idle.isEmpty() && now - idle.getFirst().since > LONGEST_IDLE.toNanos()) {
        idle.removeFirst().connection.close();
        size--;
      }
      if (idle.isEmpty()) {
        all.remove();
      }
    }
  }
}
