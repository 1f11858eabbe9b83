package io.hodei.bench.load;

import io.hodei.bench.BenchException;
import io.hodei.cli.client.ServerSentEvents;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A client of the event stream that notes when each event arrived. */
public final class EventReader implements AutoCloseable {
  private static final String TIME = "\"time\":\"";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ServerSentEvents events;
  private final Thread thread;
  private final long[] nanos;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile int arrived;
  private volatile long lastArrival;

  private EventReader(URI node, String token, String topics, int most) {
    this.nanos = new long[most];
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/api/v1/events?topics=" + topics))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream")
            .build();
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new BenchException("The event stream answered " + answer.statusCode());
      }
      events = new ServerSentEvents(answer.body(), "");
    } catch (IOException e) {
      throw new BenchException("The event stream could not be opened: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while the event stream was opened", e);
    }
    thread = Thread.ofPlatform().name("event-reader").start(this::read);
  }

  /**
   * Follows a node from now on.
   *
   * @param most how many events are kept, and waited for
   */
  public static EventReader follow(URI node, String token, String topics, int most) {
    return new EventReader(node, token, topics, most);
  }

  /** When the newest event arrived, of {@link System#nanoTime()}. */
  public long lastArrival() {
    return lastArrival;
  }

  /** Waits until so many have arrived; refuses when none comes for a while, or too many do. */
  public void await(int count) {
    int before = -1;
    while (arrived < count) {
      if (arrived == before || failure.get() != null) {
        throw new BenchException(
            "%d of %d events arrived, then none for %d s (%s)."
                .formatted(arrived, count, PATIENCE.toSeconds(), failure.get()));
      }
      before = arrived;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (arrived < count && arrived == before && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    if (arrived > count) {
      throw new BenchException("%d events arrived instead of %d.".formatted(arrived, count));
    }
  }

  /** From the time that stands in an event until it arrived. */
  public Latencies latencies() {
    return Latencies.of(Arrays.copyOf(nanos, Math.min(arrived, nanos.length)));
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (events) {
      for (var next = events.next(); next.isPresent(); next = events.next()) {
        take(next.get().data());
      }
    } catch (IOException e) {
      failure.set(e);
    }
  }

  private void take(String data) {
    Instant now = Instant.now();
    int from = data.indexOf(TIME) + TIME.length();
    Instant at = Instant.parse(data.substring(from, data.indexOf('"', from)));
    int index = arrived;
    if (index < nanos.length) {
      nanos[index] = Duration.between(at, now).toNanos();
    }
    lastArrival = System.nanoTime();
    arrived = index + 1;
  }
}
