package io.hodei.bench.load;

import io.hodei.bench.BenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All connections of a load, driven by the one thread that calls this: what a request costs here is
 * taken from the server that is measured.
 */
final class Traffic implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Supplier<Endpoint> endpoints;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);

  /** What is waited for, the oldest first. */
  private final Map<Client, Wait> waits = new LinkedHashMap<>();

  private record Wait(Request request, long since, Consumer<Answer> then) {}

  /**
   * @param endpoints where the next new connection leads
   */
  Traffic(Supplier<Endpoint> endpoints) {
    this.endpoints = endpoints;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new BenchException("No selector: " + e, e);
    }
  }

  /** One more connection, which is opened with its first request. */
  Client client() {
    return new Client(endpoints.get(), selector);
  }

  /**
   * Sends a request on a connection that waits for no answer.
   *
   * @param then gets the answer; may send the next one
   */
  void send(Client client, Request request, Consumer<Answer> then) {
    Wait wait = new Wait(request, System.nanoTime(), then);
    waits.put(client, wait);
    try {
      client.send(request);
    } catch (IOException e) {
      throw failed(wait, e);
    }
  }

  boolean isWaiting() {
    return !waits.isEmpty();
  }

  /** Goes on with what is ready; waits for a while when nothing is. */
  void goOn() {
    try {
      selector.select(this::goOn, LOOK_MILLIS);
    } catch (IOException e) {
      throw new BenchException("Connections could not be watched: " + e, e);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("Interrupted while load was made");
    }
    if (isWaiting()) {
      requirePatience();
    }
  }

  /** Ends the waiting of {@link #goOn()}; for other threads. */
  void wakeUp() {
    selector.wakeup();
  }

  @Override
  public void close() {
    try (selector) {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException alreadyGone) {
      // Nothing is lost with it.
    }
  }

  private void goOn(SelectionKey key) {
    Client client = (Client) key.attachment();
    Wait wait = waits.get(client);
    if (wait == null) {
      // All that comes unasked is the end of a connection that was idle for long.
      client.close();
      return;
    }
    try {
      Answer answer = client.goOn(key, in);
      if (answer != null) {
        waits.remove(client);
        wait.then().accept(answer);
      }
    } catch (IOException e) {
      throw failed(wait, e);
    }
  }

  private void requirePatience() {
    Map.Entry<Client, Wait> oldest = waits.entrySet().iterator().next();
    Duration patience = oldest.getKey().endpoint().patience();
    if (System.nanoTime() - oldest.getValue().since() > patience.toNanos()) {
      throw new BenchException(
          "%s got no answer within %s".formatted(oldest.getValue().request(), patience));
    }
  }

  private static BenchException failed(Wait wait, IOException reason) {
    return new ConnectionLost("%s got no answer: %s".formatted(wait.request(), reason), reason);
  }
}
