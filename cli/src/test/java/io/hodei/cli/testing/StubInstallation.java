package io.hodei.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A node that answers by the REST contract what the test told it to, in order, and remembers what
 * it was asked.
 */
public final class StubInstallation implements AutoCloseable {
  /** What was asked. */
  public record Request(
      String method,
      String path,
      String authorization,
      String lastEventId,
      String key,
      String body) {}

  private record Reply(
      String method, String path, int status, String type, byte[] body, boolean cut) {}

  private final HttpServer server;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  public StubInstallation() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The next request of this method and path (without query) is answered so, once. */
  public StubInstallation answer(String method, String path, int status, String json) {
    String type = status >= 400 ? "application/problem+json" : "application/json";
    return add(new Reply(method, path, status, type, json.getBytes(StandardCharsets.UTF_8), false));
  }

  public StubInstallation stream(String path, String events) {
    return add(
        new Reply(
            "GET", path, 200, "text/event-stream", events.getBytes(StandardCharsets.UTF_8), false));
  }

  /** Sends this much of a stream and then breaks the connection off. */
  public StubInstallation brokenStream(String path, String events) {
    return add(
        new Reply(
            "GET", path, 200, "text/event-stream", events.getBytes(StandardCharsets.UTF_8), true));
  }

  private synchronized StubInstallation add(Reply reply) {
    replies.add(reply);
    return this;
  }

  private synchronized Reply take(String method, String path) {
    for (Reply reply : replies) {
      if (reply.method().equals(method) && reply.path().equals(path)) {
        replies.remove(reply);
        return reply;
      }
    }
    String body =
        "{\"title\":\"Not found\",\"code\":\"NOT_FOUND\",\"detail\":\"The stub was not told about %s %s\"}";
    return new Reply(
        method,
        path,
        404,
        "application/problem+json",
        body.formatted(method, path).getBytes(StandardCharsets.UTF_8),
        false);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().toString();
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            path,
            header(exchange, "Authorization"),
            header(exchange, "Last-Event-ID"),
            header(exchange, "Idempotency-Key"),
            body));
    Reply reply = take(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    // A length that is not reached makes the server drop the connection, as a killed node does.
    long length = reply.cut() ? reply.body().length + 1_000L : reply.body().length;
    exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
    OutputStream out = exchange.getResponseBody();
    out.write(reply.body());
    out.flush();
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
