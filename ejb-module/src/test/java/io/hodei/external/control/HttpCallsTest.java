package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls against a server that says anything at all. */
class HttpCallsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final HttpCalls calls =
      new HttpCalls(new AddressGuard(Set.of(), List.of("127.0.0.1")), daemon());
  private ServerSocket server;
  private volatile Script script = (socket, request) -> answer(socket, OK);

  private interface Script {
    void serve(Socket socket, String request) throws IOException;
  }

  HttpCallsTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @BeforeEach
  void serve() {
    daemon().newThread(this::accept).start();
  }

  @AfterEach
  void close() throws IOException {
    calls.close();
    server.close();
  }

  @Test
  void a_request_is_what_was_asked_for() throws Exception {
    Answer answer =
        calls.send(
            new Call(
                "k",
                "POST",
                uri("/a%20b?c=d"),
                Map.of("X-A", "1"),
                "body".getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(5),
                true));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(requests.getFirst())
        .isEqualTo(
            "POST /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.getLocalPort()
                + "\r\nAccept-Encoding: identity\r\nX-A: 1\r\nContent-Length: 4\r\n\r\nbody");
  }

  /** A name server that gives no answer: the platform would wait for it as long as it likes. */
  @Test
  void a_name_without_an_answer_holds_up_its_own_calls_only_and_one_thread() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    HttpCalls named =
        new HttpCalls(
            new AddressGuard(Set.of(), List.of("127.0.0.1")),
            daemon(),
            host -> {
              if (host.equals("silent.example.com")) {
                asked.incrementAndGet();
                await(over);
              }
              return List.of(InetAddress.getLoopbackAddress());
            });
    try {
      for (int i = 0; i < 2; i++) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> named.send(to("silent.example.com")))
            .isInstanceOfSatisfying(
                CallFailed.class,
                e -> {
                  assertThat(e.kind()).isEqualTo(CallFailed.Kind.UNDECIDED);
                  assertThat(e.sentence())
                      .isEqualTo(
                          "The name service gave no address of silent.example.com within 300 ms.");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      }
      assertThat(asked).hasValue(1);
      assertThat(named.send(to("other.example.com")).status()).isEqualTo(200);
    } finally {
      over.countDown();
      named.close();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Call to(String host) {
    URI uri = URI.create("http://" + host + ":" + server.getLocalPort() + "/");
    return new Call("k", "GET", uri, Map.of(), null, Duration.ofMillis(300), true);
  }

  @Test
  void a_connection_serves_calls_one_after_the_other() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(body(get("/"))).isEqualTo("ok");
    }
    assertThat(connections).hasValue(1);
  }

  @Test
  void a_connection_that_was_closed_meanwhile_costs_nothing() throws Exception {
    script =
        (socket, request) -> {
          answer(socket, OK);
          socket.close();
        };
    for (int i = 0; i < 3; i++) {
      assertThat(body(get("/"))).isEqualTo("ok");
    }
    assertThat(requests).hasSize(3);
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  @Test
  void chunks_are_put_together() throws Exception {
    script =
        (socket, request) ->
            answer(
                socket,
                lines(
                    "HTTP/1.1 200 OK",
                    "Transfer-Encoding: chunked",
                    "",
                    "4;x=y",
                    "ab",
                    "",
                    "1",
                    "c",
                    "0",
                    "T: 1",
                    ""));
    assertThat(body(get("/"))).isEqualTo("ab\r\nc");
    assertThat(body(get("/"))).isEqualTo("ab\r\nc");
    assertThat(connections).hasValue(1);
  }

  @Test
  void a_body_without_length_ends_with_the_connection() throws Exception {
    script =
        (socket, request) -> {
          answer(socket, "HTTP/1.0 200 OK\r\n\r\nall of it");
          socket.close();
        };
    assertThat(body(get("/"))).isEqualTo("all of it");
  }

  @Test
  void interim_answers_are_passed_over_and_redirects_are_not_followed() throws Exception {
    script =
        (socket, request) ->
            answer(
                socket,
                lines(
                    "HTTP/1.1 103 Early Hints",
                    "Link: x",
                    "",
                    "HTTP/1.1 302 Found",
                    "Location: http://169.254.169.254/",
                    "Content-Length: 0",
                    ""));
    Answer answer = get("/");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.headers()).containsEntry("location", "http://169.254.169.254/");
    assertThat(requests).hasSize(1);
  }

  @Test
  void only_the_first_mebibyte_of_a_body_is_kept() throws Exception {
    int length = Connection.MOST_BODY + 10;
    script =
        (socket, request) ->
            answer(
                socket,
                "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length));
    Answer known = get("/");
    script =
        (socket, request) -> {
          answer(
              socket,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "7fffffff\r\n"
                  + "x".repeat(length));
        };
    Answer endless = get("/");

    assertThat(known.body()).hasSize(Connection.MOST_BODY);
    assertThat(known.dropped()).isEqualTo(10);
    assertThat(endless.body()).hasSize(Connection.MOST_BODY);
    assertThat(endless.dropped()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/2 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
        "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n"
      })
  void what_is_no_answer_is_an_error(String said) {
    script =
        (socket, request) -> {
          answer(socket, said);
          socket.close();
        };
    assertThatThrownBy(() -> get("/"))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.kind()).isEqualTo(CallFailed.Kind.BROKEN));
  }

  @Test
  void headers_without_end_are_an_error() {
    script =
        (socket, request) ->
            answer(socket, "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(201) + "\r\n");
    assertThatThrownBy(() -> get("/")).hasMessageContaining("more than 200 headers");
    script = (socket, request) -> answer(socket, "HTTP/1.1 200 OK\r\na: " + "b".repeat(20_000));
    assertThatThrownBy(() -> get("/")).hasMessageContaining("a line of more than");
  }

  /** One byte now and then keeps no call alive. */
  @Test
  void a_call_ends_at_its_deadline_whatever_trickles_in() {
    CompletableFuture<Void> stop = new CompletableFuture<>();
    script =
        (socket, request) -> {
          while (!stop.isDone()) {
            answer(socket, "H");
            try {
              stop.get(20, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
              // Goes on.
            }
          }
        };
    long begin = System.nanoTime();
    assertThatThrownBy(() -> get("/", Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            CallFailed.class,
            e -> {
              assertThat(e.kind()).isEqualTo(CallFailed.Kind.TIMEOUT);
              assertThat(e).hasMessageContaining("within 300 ms");
            });
    stop.complete(null);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
  }

  @Test
  void a_call_can_be_ended_from_outside() throws Exception {
    CompletableFuture<Void> came = new CompletableFuture<>();
    CompletableFuture<Void> stop = new CompletableFuture<>();
    script =
        (socket, request) -> {
          came.complete(null);
          stop.join();
        };
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    daemon()
        .newThread(
            () -> {
              try {
                get("/");
              } catch (CallFailed e) {
                failure.complete(e);
              }
            })
        .start();
    came.get(5, TimeUnit.SECONDS);
    calls.abort("key");

    assertThat(failure.get(5, TimeUnit.SECONDS)).hasMessageContaining("ended here");
    stop.complete(null);
  }

  @Test
  void what_the_guard_refuses_is_not_even_connected_to() {
    try (HttpCalls strict =
        new HttpCalls(new AddressGuard(Set.of(server.getLocalPort()), List.of()), daemon())) {
      for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
        URI uri = URI.create("http://" + host + ":" + server.getLocalPort() + "/");
        assertThatThrownBy(
                () ->
                    strict.send(
                        new Call("k", "GET", uri, Map.of(), null, Duration.ofSeconds(5), true)))
            .isInstanceOfSatisfying(
                CallFailed.class, e -> assertThat(e.kind()).isEqualTo(CallFailed.Kind.REFUSED));
      }
    }
    assertThat(connections).hasValue(0);
  }

  @Test
  void nobody_there_means_that_nothing_was_sent() throws IOException {
    server.close();
    assertThatThrownBy(() -> get("/"))
        .isInstanceOfSatisfying(
            CallFailed.class, e -> assertThat(e.kind()).isEqualTo(CallFailed.Kind.NOT_SENT));
  }

  private Answer get(String path) throws CallFailed {
    return get(path, Duration.ofSeconds(5));
  }

  private Answer get(String path, Duration timeout) throws CallFailed {
    return calls.send(new Call("key", "GET", uri(path), Map.of(), null, timeout, true));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  private static String body(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static void answer(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        daemon().newThread(() -> talk(socket)).start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (true) {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
          int c = in.read();
          if (c < 0) {
            return;
          }
          request.append((char) c);
        }
        int at = request.indexOf("Content-Length: ");
        if (at >= 0) {
          int length = Integer.parseInt(request.substring(at + 16, request.indexOf("\r", at)));
          request.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        requests.add(request.toString());
        script.serve(socket, request.toString());
      }
    } catch (IOException e) {
      // The test closed it.
    }
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return Thread.ofPlatform().daemon().factory();
  }
}
