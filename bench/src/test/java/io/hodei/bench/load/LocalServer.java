package io.hodei.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a free port of this host, with a thread for each request. */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  LocalServer(HttpHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
  }

  /** A handler that answers with what it was sent, or with the path when that is nothing. */
  static HttpHandler echo() {
    return exchange -> {
      try (exchange) {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        byte[] said =
            sent.length > 0 ? sent : exchange.getRequestURI().getPath().getBytes(US_ASCII);
        exchange.sendResponseHeaders(200, said.length);
        exchange.getResponseBody().write(said);
      }
    };
  }

  Endpoint endpoint() {
    return new Endpoint(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "hod_token");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
