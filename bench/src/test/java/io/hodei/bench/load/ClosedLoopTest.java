package io.hodei.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.hodei.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 200).boxed().toList();

  private final HttpHandler echo = LocalServer.echo();

  @Test
  void each_item_is_asked_for_once() throws IOException {
    try (LocalServer server = new LocalServer(echo)) {
      Load<String> load = load(server.endpoint(), 4);

      assertThat(load.answers())
          .containsExactlyInAnyOrderElementsOf(
              NUMBERS.stream().map(i -> i + " got 200 /" + i).toList());
      assertThat(load.latencies().count()).isEqualTo(NUMBERS.size());
      assertThat(load.latencies().sorted()[0]).isPositive();
    }
  }

  @Test
  void all_clients_ask_at_the_same_time_each_on_one_connection() throws IOException {
    int clients = 4;
    CyclicBarrier together = new CyclicBarrier(clients);
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    HttpHandler handler =
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          meet(together);
          echo.handle(exchange);
        };
    try (LocalServer server = new LocalServer(handler)) {
      assertThat(load(server.endpoint(), clients).answers()).hasSize(NUMBERS.size());
      assertThat(ports).hasSize(clients);
    }
  }

  @Test
  void requests_are_sent_until_the_time_is_up() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpHandler handler =
        exchange -> {
          asked.incrementAndGet();
          echo.handle(exchange);
        };
    try (LocalServer server = new LocalServer(handler)) {
      Duration time = Duration.ofMillis(300);
      Request request = Request.get("/");
      long began = System.nanoTime();
      Load<Integer> load =
          new ClosedLoop(2, server::endpoint).during(time, () -> request, Answer::status);

      assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(time.toNanos());
      assertThat(load.answers()).hasSize(asked.get()).containsOnly(200);
      assertThat(load.latencies().count()).isEqualTo(asked.get());
    }
  }

  @Test
  void a_connection_that_the_server_closes_is_opened_again() throws IOException {
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    HttpHandler handler =
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          exchange.getResponseHeaders().set("Connection", "close");
          echo.handle(exchange);
        };
    try (LocalServer server = new LocalServer(handler)) {
      assertThat(load(server.endpoint(), 3).answers()).hasSize(NUMBERS.size());
      assertThat(ports).hasSizeGreaterThan(3);
    }
  }

  @Test
  void requests_and_answers_may_be_larger_than_every_buffer() throws IOException {
    String large = "0123456789".repeat(1_000_000);
    Request request = Request.post("/", large);
    try (LocalServer server = new LocalServer(echo)) {
      Load<String> load =
          new ClosedLoop(2, server::endpoint)
              .each(NUMBERS.subList(0, 4), i -> request, (answer, i) -> answer.text());

      assertThat(load.answers()).hasSize(4).allMatch(large::equals);
    }
  }

  @Test
  void an_answer_that_breaks_off_ends_the_load_and_names_the_request() throws IOException {
    HttpHandler handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write(new byte[3]);
          exchange.getResponseBody().flush();
          throw new IOException("broken off");
        };
    try (LocalServer server = new LocalServer(handler)) {
      assertThatThrownBy(() -> load(server.endpoint(), 1))
          .isInstanceOf(BenchException.class)
          .hasMessageContainingAll("GET /0 got no answer", "ended after 3 bytes");
    }
  }

  @Test
  void a_server_that_is_not_there_ends_the_load_and_names_the_request() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Endpoint nobody = new Endpoint(URI.create("http://127.0.0.1:" + port), "hod_token");

    assertThatThrownBy(() -> load(nobody, 1))
        .isInstanceOf(BenchException.class)
        .hasMessageContainingAll("GET /0 got no answer", "refused");
  }

  @Test
  void an_answer_that_does_not_come_ends_the_load_when_patience_does() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    HttpHandler handler =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/7")) {
            await(ended);
          }
          echo.handle(exchange);
        };
    try (LocalServer server = new LocalServer(handler)) {
      Endpoint hasty = server.endpoint().withPatience(Duration.ofMillis(500));

      assertThatThrownBy(() -> load(hasty, 2))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("GET /7 got no answer within PT0.5S");
      ended.countDown();
    }
  }

  private static Load<String> load(Endpoint endpoint, int clients) {
    return new ClosedLoop(clients, () -> endpoint)
        .each(
            NUMBERS,
            i -> Request.get("/" + i),
            (answer, i) -> i + " got " + answer.status() + " " + answer.text());
  }

  private static void meet(CyclicBarrier together) throws IOException {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException("alone", e);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("stopped", e);
    }
  }
}
