package io.hodei.ear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** hodei.ear on a real Payara Server: a deployment group with two instances, and an agent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The scripts are for a POSIX shell.")
class ServerDeploymentIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PayaraServer server;
  private final DevCluster database;
  private final HttpClient http = HttpClient.newHttpClient();

  ServerDeploymentIT(@TempDir Path directory) {
    server = new PayaraServer(directory.resolve("server"));
    DevSettings settings =
        DevSettings.in(directory.resolve("dev"))
            .withAgentSetting("HODEI_AGENT_SERVERS", server.url(1) + "," + server.url(2));
    database = DevCluster.open(settings, DevArtifacts.ofThisRepository(), Progress.silent());
  }

  @BeforeAll
  void start() throws IOException, InterruptedException {
    database.startPostgres();
    server.settings(settings());
    server.run("create");
    server.run("deploy", Path.of("target/hodei.ear").toAbsolutePath().toString());
    server.run("start");
    for (int instance : new int[] {1, 2}) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> get(instance, "/health/ready").statusCode() == 200);
    }
    database.startAgents(1);
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    try {
      server.run("remove");
    } finally {
      database.close();
    }
    assertThat(server.processes()).as("processes that are left over").isEmpty();
  }

  @Test
  void both_instances_serve_the_api_and_know_their_own_address() throws Exception {
    for (int instance : new int[] {1, 2}) {
      HttpResponse<String> me = get(instance, "/api/v1/me");
      assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
      Json url =
          Json.parse(get(instance, "/api/v1/config").body()).at("items").elements().stream()
              .filter(item -> item.string("key").equals("hodei.node.url"))
              .findFirst()
              .orElseThrow();
      assertThat(url.string("value")).isEqualTo(server.url(instance).toString());
    }
  }

  @Test
  void a_job_submitted_on_one_instance_runs_on_the_agent_and_is_read_on_the_other()
      throws Exception {
    HttpResponse<String> submitted =
        send(
            request(1, "/api/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"name":"hello","spec":{"command":["/bin/sh","-c","echo from the ear; exit 3"]}}
                        """)));
    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
    String path = "/api/v1/jobs/" + Json.parse(submitted.body()).string("id");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(Json.parse(get(2, path).body()).string("state")).isEqualTo("FAILED"));

    assertThat(Json.parse(get(2, path).body()).number("exitCode", -1)).isEqualTo(3);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get(2, path + "/logs?stream=stdout").body())
                    .isEqualTo("from the ear\n"));
  }

  @Test
  void a_stranger_learns_nothing_from_the_server_below_the_product() throws Exception {
    for (String path : new String[] {"/metrics", "/openapi", "/health", "/api/v1/jobs"}) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(server.url(1).resolve(path)).GET());
      assertThat(answer.statusCode()).as(path).isIn(401, 404);
      assertThat(answer.headers().map().toString() + answer.body())
          .as(path)
          .doesNotContainIgnoringCase("payara")
          .doesNotContainIgnoringCase("glassfish");
    }
  }

  @Test
  void nothing_listens_beyond_the_loopback_interface() throws IOException {
    assertThat(server.processes()).hasSizeGreaterThanOrEqualTo(3);
    for (ProcessHandle process : server.processes()) {
      assertThat(Listening.beyondLoopback(process.pid())).as("process %d", process.pid()).isEmpty();
    }
  }

  @Test
  void everything_may_be_done_again() throws Exception {
    server.run("create");
    server.run("start");

    assertThat(server.run("status"))
        .contains("domain running")
        .contains("hodei-1")
        .contains("hodei-2");
    assertThat(get(2, "/health/ready").statusCode()).isEqualTo(200);
  }

  private Map<String, String> settings() {
    return Map.of(
        "HODEI_DB_URL", database.postgres().jdbcUrl(),
        "HODEI_DB_USER", "hodei_app",
        "HODEI_DB_PASSWORD", database.postgres().password("hodei_app"),
        "HODEI_DB_ENGINE_USER", "hodei_engine",
        "HODEI_DB_ENGINE_PASSWORD", database.postgres().password("hodei_engine"),
        "HODEI_DB_OWNER_USER", "hodei_owner",
        "HODEI_DB_OWNER_PASSWORD", database.postgres().password("hodei_owner"),
        "HODEI_BOOTSTRAP_TOKEN_FILE", database.tokenFile().toString(),
        "HODEI_BOOTSTRAP_AGENT_TOKEN_FILE", database.agentTokenFile().toString());
  }

  private HttpResponse<String> get(int instance, String path)
      throws IOException, InterruptedException {
    return send(request(instance, path).GET());
  }

  private HttpRequest.Builder request(int instance, String path) {
    URI address = server.url(instance).resolve(path);
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + database.token());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
  }
}
