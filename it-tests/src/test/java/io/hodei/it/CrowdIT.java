package io.hodei.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More clients at the same moment than a node has threads for. */
@SuppressWarnings("NullAway.Init")
class CrowdIT {
  private static final int CROWD = 8_000;
  private static final int LET_IN = 960;
  private static final int PATIENCE_MILLIS = 60_000;

  private static DevCluster cluster;
  private static Api api;

  private final List<Socket> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    cluster = SharedCluster.loneNode("crowd");
    cluster.start();
    api = new Api(cluster.node(1).url(), cluster.token());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void leave() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  @Test
  void every_client_of_a_crowd_gets_an_answer() throws Exception {
    connect(CROWD);
    send(request("crowd"));

    int created = 0;
    for (Socket client : clients) {
      List<String> head = head(client);
      if (head.getFirst().contains(" 201")) {
        created++;
      } else {
        assertThat(head.getFirst()).contains(" 503");
        assertThat(head).anyMatch(line -> line.startsWith("Retry-After:"));
      }
    }

    System.out.printf("of %,d clients %,d were refused%n", CROWD, CROWD - created);
    assertThat(created).isGreaterThanOrEqualTo(LET_IN);
    try (Database database = Database.of(cluster)) {
      assertThat(database.number("select count(*) from jobs where name = 'crowd'"))
          .isEqualTo(created);
    }
  }

  @Test
  void a_node_that_is_full_says_so_and_is_still_seen_alive() throws Exception {
    connect(LET_IN);
    String request = request("full");
    // Without the last letter of the body each stays inside.
    send(request.substring(0, request.length() - 1));

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Answer refused = api.get("/jobs");
              assertThat(refused.status()).isEqualTo(503);
              assertThat(refused.text()).contains("960 requests are in this node already");
              assertThat(refused.header("Retry-After")).isPresent();
            });
    assertThat(api.as("").get("//health/live").status()).isEqualTo(200);
    assertThat(api.as("").get("//health/ready").status()).isEqualTo(200);

    send(request.substring(request.length() - 1));
    for (Socket client : clients) {
      assertThat(head(client).getFirst()).contains(" 201");
    }
    api.get("/jobs").expect(200);
  }

  private void connect(int count) throws IOException {
    assumeTrue(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            && system.getMaxFileDescriptorCount() > count + 1_000,
        "needs a file descriptor per client");
    URI node = cluster.node(1).url();
    for (int i = 0; i < count; i++) {
      Socket client = new Socket(node.getHost(), node.getPort());
      client.setSoTimeout(PATIENCE_MILLIS);
      clients.add(client);
    }
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    for (Socket client : clients) {
      client.getOutputStream().write(bytes);
    }
  }

  private static String request(String name) {
    String job = Jobs.command(name, "true").toString();
    return """
    POST /api/v1/jobs HTTP/1.1
    Host: %s
    Authorization: Bearer %s
    Content-Type: application/json
    Content-Length: %d

    %s"""
        .formatted(
            cluster.node(1).url().getAuthority(), cluster.token(), job.getBytes(UTF_8).length, job)
        .replace("\n", "\r\n");
  }

  private static List<String> head(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.add(line);
    }
    assertThat(lines).as("the connection ended without an answer").isNotEmpty();
    return lines;
  }
}
