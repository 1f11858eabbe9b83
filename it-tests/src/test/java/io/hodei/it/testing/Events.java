package io.hodei.it.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Server-sent events as they arrive, read by a thread of its own until closed. */
public final class Events implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  /**
   * @param nanos when it arrived, by {@link System#nanoTime()}
   */
  public record Event(String id, String name, String data, long nanos) {}

  private Events(HttpResponse<InputStream> response) {
    this.response = response;
  }

  public static Events of(Api api, String path) {
    return of(api, path, Map.of());
  }

  public static Events of(Api api, String path, Map<String, String> headers) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put("Accept", "text/event-stream");
    HttpResponse<InputStream> response = api.stream(path, all);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answered " + response.statusCode());
    }
    Events events = new Events(response);
    Thread.ofVirtual().start(events::read);
    return events;
  }

  /** All events up to one of this name, which is the last element; refuses when it stays away. */
  public List<Event> until(String name, int seconds) throws InterruptedException {
    List<Event> all = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - end < 0) {
      Event event = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event != null) {
        all.add(event);
        if (event.name().equals(name)) {
          return all;
        }
      }
    }
    throw new AssertionError("No event %s within %d s, only %s".formatted(name, seconds, all));
  }

  /** Whether the server has ended the stream. */
  public boolean hasEnded() {
    return ended;
  }

  /** Everything that has arrived. */
  public List<Event> sofar() {
    return List.copyOf(queue);
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void read() {
    String id = "";
    String name = "message";
    StringBuilder data = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.isEmpty()) {
          if (!data.isEmpty() || !name.equals("message")) {
            queue.add(new Event(id, name, data.toString(), System.nanoTime()));
          }
          name = "message";
          data.setLength(0);
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
    } catch (IOException closed) {
      queue.add(new Event("", "closed", String.valueOf(closed.getMessage()), System.nanoTime()));
    }
    ended = true;
  }
}
