package io.hodei.it.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that jobs call. It begins a thing once per idempotency key, as good services do, and
 * keeps account of everything that was asked.
 */
public final class FakeService implements AutoCloseable {
  /** A request as it came. */
  public record Request(String method, String path, String key, Map<String, String> headers) {}

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> things = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  public FakeService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Request> requests(String method, String pathBegin) {
    return requests.stream()
        .filter(request -> request.method.equals(method) && request.path.startsWith(pathBegin))
        .toList();
  }

  public int mostInFlight() {
    return mostInFlight.get();
  }

  /** How many things were begun at a path. */
  public long begun(String path) {
    return things.keySet().stream().filter(key -> key.startsWith(path + " ")).count();
  }

  /** Lets everything that holds go on. */
  public void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    int now = inFlight.incrementAndGet();
    mostInFlight.accumulateAndGet(now, Math::max);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
      String path = exchange.getRequestURI().toString();
      String key = headers.getOrDefault("idempotency-key", "");
      requests.add(new Request(exchange.getRequestMethod(), path, key, headers));
      answer(exchange, path, key, headers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange, String path, String key, Map<String, String> headers)
      throws IOException, InterruptedException {
    String first = path.split("[/?]", 3)[1];
    int count = counts.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
    switch (first) {
      case "echo" ->
          send(
              exchange,
              200,
              "{\"ok\":true,\"you\":\"%s\"}".formatted(headers.getOrDefault("authorization", "")));
      case "fails" -> send(exchange, 500, "{\"ok\":false}");
      case "once-broken" -> send(exchange, count == 1 ? 500 : 200, "{\"try\":%d}".formatted(count));
      case "busy" -> {
        exchange.getResponseHeaders().set("Retry-After", "2");
        send(exchange, count < 3 ? 429 : 200, "{\"try\":%d}".formatted(count));
      }
      case "holds" -> {
        things.put(path + " " + key, "begun");
        released.await(60, TimeUnit.SECONDS);
        send(exchange, 200, "{\"held\":true}");
      }
      case "slow" -> {
        released.await(200, TimeUnit.MILLISECONDS);
        send(exchange, 200, "{}");
      }
      case "things" -> thing(exchange, path, key, count);
      default -> send(exchange, 404, "{}");
    }
  }

  /** POST begins one; GET says running, and done at the sixth look; DELETE ends it. */
  private void thing(HttpExchange exchange, String path, String key, int count) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        things.put(path + " " + key, "running");
        send(exchange, 202, "{\"at\":\"%s/%s\"}".formatted(path, key));
      }
      case "DELETE" -> send(exchange, 204, "");
      default -> {
        boolean done = count >= 6 && !path.contains("endless");
        send(exchange, 200, "{\"state\":\"%s\"}".formatted(done ? "done" : "running"));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
