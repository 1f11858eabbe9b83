package io.hodei.agent.work;

import io.hodei.agent.spool.AttemptId;
import io.hodei.protocol.hwp.AttemptRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All attempts this agent still has to do with. Its owner's lock guards it. */
final class Registry {
  private final Map<AttemptId, Tracked> tracked = new LinkedHashMap<>();
  private final Map<Long, Tracked> newest = new HashMap<>();
  private final Deque<Tracked> waiting = new ArrayDeque<>();
  private final Deque<Reported> reported = new ArrayDeque<>();
  private int running;

  private record Reported(long number, Tracked attempt) {}

  /** Whether the attempt, or a newer one of its job, is known already. */
  boolean knows(AttemptId id) {
    Tracked latest = newest.get(id.job());
    return latest != null && latest.id.epoch() >= id.epoch();
  }

  /**
   * @return the older attempt of the same job that it replaces, if any
   */
  Optional<Tracked> add(Tracked attempt) {
    tracked.put(attempt.id, attempt);
    Tracked older = newest.put(attempt.id.job(), attempt);
    attempt.predecessor = older;
    return Optional.ofNullable(older);
  }

  void await(Tracked attempt) {
    waiting.addLast(attempt);
  }

  Optional<Tracked> find(AttemptId id) {
    return Optional.ofNullable(tracked.get(id));
  }

  /** The next attempt to start when a slot is free; it counts as running from here on. */
  Optional<Tracked> startNext(int slots) {
    Tracked next = running < slots ? waiting.pollFirst() : null;
    if (next != null) {
      next.phase = Tracked.Phase.RUNNING;
      running++;
    }
    return Optional.ofNullable(next);
  }

  void stopped(Tracked attempt) {
    if (attempt.phase == Tracked.Phase.RUNNING) {
      running--;
      attempt.predecessor = null; // it was waited for
    }
    attempt.phase = Tracked.Phase.FINISHED;
  }

  void reported(Tracked attempt, long number) {
    attempt.finishedNumber = number;
    if (tracked.get(attempt.id) == attempt) {
      reported.addLast(new Reported(number, attempt));
    }
  }

  /** Forgets the attempts whose end the server has. */
  void acknowledged(long upTo) {
    while (!reported.isEmpty() && reported.getFirst().number() <= upTo) {
      Reported first = reported.removeFirst();
      if (first.attempt().finishedNumber == first.number()) {
        forget(first.attempt());
      }
    }
  }

  void takeOut(Tracked attempt) {
    waiting.remove(attempt);
  }

  void forget(Tracked attempt) {
    tracked.remove(attempt.id, attempt);
    newest.remove(attempt.id.job(), attempt);
    waiting.remove(attempt);
  }

  /** Takes all attempts out that have not started. */
  List<Tracked> takeWaiting() {
    List<Tracked> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  List<Tracked> all() {
    return new ArrayList<>(tracked.values());
  }

  List<AttemptRef> refs() {
    return tracked.keySet().stream().map(AttemptId::ref).toList();
  }

  int running() {
    return running;
  }

  int busy() {
    return running + waiting.size();
  }
}
