package io.hodei.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.hodei.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final Request REQUEST = Request.get("/");

  private final HttpHandler echo = LocalServer.echo();

  @Test
  void requests_are_meant_to_leave_at_fixed_moments_and_do_not_leave_before() throws IOException {
    try (LocalServer server = new LocalServer(echo)) {
      Load<Instant> load =
          new OpenLoop(200, server::endpoint)
              .send(50, () -> REQUEST, (answer, intended) -> intended);

      List<Instant> intended = load.answers().stream().sorted().toList();
      assertThat(intended).hasSize(50);
      assertThat(Duration.between(intended.getFirst(), intended.getLast())).hasMillis(245);
      assertThat(load.nanos()).isGreaterThanOrEqualTo(245_000_000);
      assertThat(load.latencies().count()).isEqualTo(50);
      assertThat(load.latencies().sorted()[0]).isPositive();
    }
  }

  @Test
  void a_stalled_answer_does_not_delay_the_others() throws IOException {
    int count = 50;
    CountDownLatch others = new CountDownLatch(count - 1);
    AtomicBoolean stalled = new AtomicBoolean();
    AtomicBoolean overtaken = new AtomicBoolean();
    HttpHandler handler =
        exchange -> {
          if (stalled.compareAndSet(false, true)) {
            overtaken.set(await(others));
            echo.handle(exchange);
          } else {
            echo.handle(exchange);
            others.countDown();
          }
        };
    try (LocalServer server = new LocalServer(handler)) {
      Load<Integer> load =
          new OpenLoop(500, server::endpoint)
              .send(count, () -> REQUEST, (answer, intended) -> answer.status());

      assertThat(overtaken).isTrue();
      assertThat(load.answers()).hasSize(count);
      assertThat(load.latencies().millis(1))
          .isGreaterThanOrEqualTo(98 - load.latencies().millis(0.5));
    }
  }

  @Test
  void latencies_count_from_the_intended_moment_even_when_the_generator_is_late()
      throws IOException {
    AtomicInteger made = new AtomicInteger();
    long late = Duration.ofMillis(500).toNanos();
    try (LocalServer server = new LocalServer(echo)) {
      Load<Integer> load =
          new OpenLoop(1_000, server::endpoint)
              .send(
                  100,
                  () -> {
                    if (made.getAndIncrement() == 0) {
                      OpenLoop.sleepUntil(System.nanoTime() + late);
                    }
                    return REQUEST;
                  },
                  (answer, intended) -> answer.status());

      // The last one was meant to leave 99 ms after the first, and none has left before 500 ms.
      assertThat(load.latencies().sorted()[0]).isGreaterThanOrEqualTo(late - 99_000_000);
    }
  }

  @Test
  void a_refused_request_has_a_latency_but_no_answer() throws IOException {
    try (LocalServer server = new LocalServer(echo)) {
      AtomicInteger seen = new AtomicInteger();
      Load<Integer> load =
          new OpenLoop(500, server::endpoint)
              .send(
                  20,
                  () -> REQUEST,
                  (answer, intended) -> seen.getAndIncrement() % 2 == 0 ? answer.status() : null);

      assertThat(load.answers()).hasSize(10);
      assertThat(load.latencies().count()).isEqualTo(20);
    }
  }

  @Test
  void an_idle_connection_is_used_again() throws IOException {
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    HttpHandler handler =
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          echo.handle(exchange);
        };
    try (LocalServer server = new LocalServer(handler)) {
      new OpenLoop(200, server::endpoint)
          .send(100, () -> REQUEST, (answer, intended) -> answer.status());

      assertThat(ports).isNotEmpty().hasSizeLessThan(100);
    }
  }

  @Test
  void a_connection_that_the_server_has_closed_while_it_was_idle_is_opened_again()
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnceAConnection(server));
      URI node = URI.create("http://127.0.0.1:" + server.getLocalPort());

      Load<String> load =
          new OpenLoop(4, () -> new Endpoint(node, "hod_token"))
              .send(3, () -> REQUEST, (answer, intended) -> answer.text());
      assertThat(load.answers()).containsExactly("ab", "ab", "ab");
    }
  }

  @Test
  void an_answer_that_does_not_come_ends_the_load_when_patience_does() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    HttpHandler handler =
        exchange -> {
          await(ended);
          echo.handle(exchange);
        };
    try (LocalServer server = new LocalServer(handler)) {
      Endpoint hasty = server.endpoint().withPatience(Duration.ofMillis(300));

      assertThatThrownBy(
              () ->
                  new OpenLoop(50, () -> hasty)
                      .send(1_000, () -> REQUEST, (answer, intended) -> answer.status()))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("GET / got no answer within PT0.3S");
      ended.countDown();
    }
  }

  private static boolean await(CountDownLatch latch) throws IOException {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException("stopped", e);
    }
  }

  /** Says nothing of closing, as a server does whose patience with an idle client ends. */
  private static void answerOnceAConnection(ServerSocket server) {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab".getBytes(StandardCharsets.US_ASCII);
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        int request = client.getInputStream().read(new byte[8_192]);
        if (request > 0) {
          client.getOutputStream().write(answer);
        }
      } catch (IOException stopped) {
        return;
      }
    }
  }
}
