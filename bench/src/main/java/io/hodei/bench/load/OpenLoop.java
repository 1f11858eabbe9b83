package io.hodei.bench.load;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests at fixed points in time, whether the ones before were answered or not. Latencies count
 * from the intended moment, so that a stalled server cannot hide its stall (coordinated omission).
 */
public record OpenLoop(int perSecond, Supplier<HttpConnection> connections) {

  /** One request that was meant to leave at this moment; null when it was refused. */
  public interface Request<T> {
    @Nullable T send(HttpConnection connection, Instant intended);
  }

  /** Sends that many requests. */
  public <T> Load<T> send(int count, Request<T> request) {
    Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    List<T> answers = Collections.synchronizedList(new ArrayList<>());
    List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
    Deque<Future<?>> sent = new ArrayDeque<>();
    Instant wall = Instant.now();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long offset = i * 1_000_000_000L / perSecond;
        Instant intended = wall.plusNanos(offset);
        sleepUntil(began + offset);
        sent.add(
            threads.submit(
                () -> {
                  HttpConnection free = idle.poll();
                  HttpConnection connection = free == null ? connections.get() : free;
                  T answer = request.send(connection, intended);
                  if (answer != null) {
                    answers.add(answer);
                  }
                  latencies.add(System.nanoTime() - began - offset);
                  idle.push(connection);
                }));
      }
      sent.forEach(ClosedLoop::await);
    } finally {
      idle.forEach(HttpConnection::close);
    }
    return new Load<>(System.nanoTime() - began, Latencies.of(latencies), answers);
  }

  /** Waits until a moment of {@link System#nanoTime()}. */
  public static void sleepUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
