package io.hodei.agent.link;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The nodes this agent may go to: those it was told of at its start and those the last node named.
 * The one that was left last comes last. For one thread.
 */
final class Endpoints {
  private static final long FIRST_MILLIS = 100;
  private static final long MOST_MILLIS = 5_000;
  private static final int MOST_DOUBLINGS = 6;

  private final List<URI> configured;
  private final List<URI> order;
  private final RandomGenerator random;
  private int failures;

  Endpoints(List<URI> configured, RandomGenerator random) {
    this.configured = List.copyOf(configured);
    this.order = new ArrayList<>(configured);
    this.random = random;
    Collections.shuffle(order, java.util.Random.from(random)); // agents spread over the nodes
  }

  synchronized URI current() {
    return order.getFirst();
  }

  /** The current node works; these are the others it knows. */
  synchronized void works(List<URI> others) {
    failures = 0;
    order.removeIf(
        uri -> !uri.equals(current()) && !configured.contains(uri) && !others.contains(uri));
    for (URI other : others) {
      if (!order.contains(other)) {
        order.add(1, other);
      }
    }
  }

  /** The current node was left: the next one is tried. */
  synchronized void left() {
    order.add(order.removeFirst());
  }

  /**
   * The current node could not be used.
   *
   * @return how long to wait before the next: nothing to speak of until all were tried
   */
  synchronized Duration failed() {
    left();
    failures++;
    int rounds = failures / order.size();
    if (rounds == 0) {
      return Duration.ZERO;
    }
    long most = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(rounds - 1, MOST_DOUBLINGS));
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }
}
