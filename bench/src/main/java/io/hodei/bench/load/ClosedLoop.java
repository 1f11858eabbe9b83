package io.hodei.bench.load;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A number of clients, each of which sends its next request when the last one was answered. Shows
 * what a server holds; its latencies hide waiting that an open loop would show.
 *
 * @param clients connections
 * @param endpoints where the next of them leads
 */
public record ClosedLoop(int clients, Supplier<Endpoint> endpoints) {

  /** A request, and what its answer says. */
  private record Exchange<T>(Request request, Function<Answer, T> answer) {}

  private interface Exchanges<T> {
    /** Null when there is nothing left to ask for. */
    @Nullable Exchange<T> next();
  }

  /** Sends until the time is up. */
  public <T> Load<T> during(Duration time, Supplier<Request> request, Function<Answer, T> answer) {
    long end = System.nanoTime() + time.toNanos();
    return run(() -> System.nanoTime() - end < 0 ? new Exchange<>(request.get(), answer) : null);
  }

  /** Sends one request for each of the items, whichever client is free. */
  public <U, T> Load<T> each(
      List<U> items, Function<U, Request> request, BiFunction<Answer, U, T> answer) {
    Iterator<U> left = items.iterator();
    return run(
        () -> {
          if (!left.hasNext()) {
            return null;
          }
          U item = left.next();
          return new Exchange<>(request.apply(item), said -> answer.apply(said, item));
        });
  }

  private <T> Load<T> run(Exchanges<T> exchanges) {
    try (Traffic traffic = new Traffic(endpoints)) {
      Tally<T> tally = new Tally<>();
      for (int i = 0; i < clients; i++) {
        next(traffic, traffic.client(), exchanges, tally);
      }
      while (traffic.isWaiting()) {
        traffic.goOn();
      }
      return tally.load();
    }
  }

  private static <T> void next(
      Traffic traffic, Client client, Exchanges<T> exchanges, Tally<T> tally) {
    Exchange<T> exchange = exchanges.next();
    if (exchange != null) {
      long sent = System.nanoTime();
      traffic.send(
          client,
          exchange.request(),
          answer -> {
            tally.took(System.nanoTime() - sent);
            tally.add(exchange.answer().apply(answer));
            next(traffic, client, exchanges, tally);
          });
    }
  }
}
