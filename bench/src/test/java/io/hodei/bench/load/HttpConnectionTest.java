package io.hodei.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
  private final ServerSocket server;
  private final AtomicInteger accepted = new AtomicInteger();

  HttpConnectionTest() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void a_connection_serves_many_requests() {
    answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 204 No\r\n\r\n");

    try (HttpConnection connection = connect()) {
      assertThat(connection.get("/a").text()).isEqualTo("ab");
      assertThat(connection.get("/b").status()).isEqualTo(204);
    }
    assertThat(accepted).hasValue(1);
  }

  @Test
  void a_body_may_be_larger_than_the_buffer() {
    String body = "0123456789".repeat(100_000);
    answering("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body);

    try (HttpConnection connection = connect()) {
      assertThat(connection.get("/").text()).isEqualTo(body);
    }
  }

  @Test
  void a_connection_that_the_server_closes_is_opened_again() {
    String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n";
    answering(closing + "x", closing + "y");

    try (HttpConnection connection = connect()) {
      assertThat(connection.get("/").text()).isEqualTo("x");
      assertThat(connection.get("/").text()).isEqualTo("y");
    }
    assertThat(accepted).hasValue(2);
  }

  @Test
  void another_status_than_expected_is_refused_with_what_the_server_said() {
    answering("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");

    try (HttpConnection connection = connect()) {
      Answer answer = connection.get("/");
      assertThatThrownBy(() -> answer.expect(201))
          .isInstanceOf(BenchException.class)
          .hasMessageContainingAll("503", "201", "busy");
    }
  }

  @Test
  void half_an_answer_is_no_answer() {
    answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nab");

    try (HttpConnection connection = connect()) {
      assertThatThrownBy(() -> connection.get("/"))
          .isInstanceOf(BenchException.class)
          .hasMessageContainingAll("GET / got no answer", "ended after 2 bytes");
    }
  }

  private HttpConnection connect() {
    return new HttpConnection(
        new Endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()), "hod_token"));
  }

  /** Gives these answers in turn; closes a connection behind an answer that says so. */
  private void answering(String... answers) {
    List<String> left = new java.util.ArrayList<>(List.of(answers));
    Thread.ofVirtual()
        .start(
            () -> {
              while (!left.isEmpty()) {
                try (Socket client = server.accept()) {
                  accepted.incrementAndGet();
                  answer(client, left);
                } catch (IOException stopped) {
                  return;
                }
              }
            });
  }

  private static void answer(Socket client, List<String> left) throws IOException {
    while (!left.isEmpty()) {
      readHead(client.getInputStream());
      String answer = left.removeFirst();
      client.getOutputStream().write(answer.getBytes(ISO_8859_1));
      if (answer.contains("Connection: close")) {
        return;
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
  }
}
