package io.hodei.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A number of clients, each of which sends its next request when the last one was answered. Shows
 * what a server holds; its latencies hide waiting that an open loop would show.
 *
 * @param clients connections and threads
 */
public record ClosedLoop(int clients, Supplier<HttpConnection> connections) {

  /** One request on a connection; its answer, or null when there was nothing left to ask for. */
  public interface Request<T> {
    @Nullable T send(HttpConnection connection);
  }

  /** Sends until the time is up. */
  public <T> Load<T> during(Duration time, Request<T> request) {
    long end = System.nanoTime() + time.toNanos();
    return run(() -> System.nanoTime() - end < 0, request);
  }

  /** Sends one request for each of the items, whichever client is free. */
  public <U, T> Load<T> each(List<U> items, BiFunction<HttpConnection, U, T> request) {
    Queue<U> left = new ConcurrentLinkedQueue<>(items);
    return run(
        () -> !left.isEmpty(),
        connection -> {
          U item = left.poll();
          return item == null ? null : request.apply(connection, item);
        });
  }

  private <T> Load<T> run(BooleanSupplier goesOn, Request<T> request) {
    List<Client<T>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      all.add(new Client<>(goesOn, request));
    }
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      all.forEach(client -> running.add(threads.submit(() -> client.run(connections))));
      running.forEach(ClosedLoop::await);
    }
    long nanos = System.nanoTime() - began;
    List<Long> latencies = new ArrayList<>();
    List<T> answers = new ArrayList<>();
    all.forEach(client -> latencies.addAll(client.latencies));
    all.forEach(client -> answers.addAll(client.answers));
    return new Load<>(nanos, Latencies.of(latencies), answers);
  }

  static void await(Future<?> running) {
    try {
      running.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while load was made", e);
    }
  }

  private static final class Client<T> {
    private final BooleanSupplier goesOn;
    private final Request<T> request;
    private final List<Long> latencies = new ArrayList<>();
    private final List<T> answers = new ArrayList<>();

    Client(BooleanSupplier goesOn, Request<T> request) {
      this.goesOn = goesOn;
      this.request = request;
    }

    void run(Supplier<HttpConnection> connections) {
      try (HttpConnection connection = connections.get()) {
        while (goesOn.getAsBoolean()) {
          long sent = System.nanoTime();
          T answer = request.send(connection);
          if (answer != null) {
            latencies.add(System.nanoTime() - sent);
            answers.add(answer);
          }
        }
      }
    }
  }
}
