package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevArtifacts;
import io.hodei.cli.dev.DevCluster;
import io.hodei.cli.dev.DevNode;
import io.hodei.cli.dev.DevSettings;
import io.hodei.cli.dev.Progress;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.FakeService;
import io.hodei.it.testing.FakeService.Request;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Jobs that the servers execute themselves, on two nodes without any agent. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExternalIT {
  private static final String SECRET = "v3ry-s3cret/value+1";
  private static final Path SECRETS = SharedCluster.parent().resolve("external-secrets");
  private static final FakeService SERVICE = new FakeService();
  private static final DevCluster CLUSTER = cluster();

  private final Api api = new Api(CLUSTER.node(1).url(), CLUSTER.token());
  private final Jobs jobs = new Jobs(api);

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(SECRETS.resolve("default"));
    Files.writeString(SECRETS.resolve("default/token"), SECRET + "\n");
    CLUSTER.start();
  }

  @AfterAll
  static void stop() throws IOException {
    CLUSTER.close();
    SERVICE.close();
    Files.deleteIfExists(SECRETS.resolve("default/token"));
  }

  private static DevCluster cluster() {
    return DevCluster.open(
        DevSettings.in(SharedCluster.parent().resolve("external"))
            .withPort(SharedCluster.freePorts(2))
            .withNodes(2)
            .withAgents(0)
            .withNodeSetting("HODEI_HTTP_ALLOW", "127.0.0.1")
            .withNodeSetting("HODEI_SECRETS_DIRECTORY", SECRETS.toString())
            .withFresh(true),
        DevArtifacts.ofThisRepository(),
        Progress.silent());
  }

  /** A job that calls; quotes may be written as apostrophes. */
  private static JsonObject job(String name, String http) {
    return job(name, http, "");
  }

  private static JsonObject job(String name, String http, String members) {
    String text = "{\"name\":\"%s\",%s\"spec\":{\"http\":{%s}}}".formatted(name, members, http);
    try (var reader = Json.createReader(new java.io.StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static String post(String path) {
    return "'method':'POST','url':'" + SERVICE.url(path) + "'";
  }

  @Test
  @Order(1)
  void an_answer_is_the_result_and_the_log_of_the_job() {
    String id = jobs.submit(job("echo", post("/echo") + ",'body':{'n':1}"));

    JsonObject ended = jobs.awaitEnd(id);
    assertThat(ended.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(ended.getInt("exitCode")).isZero();
    assertThat(ended.getJsonObject("result").getBoolean("ok")).isTrue();
    assertThat(ended.getJsonObject("spec").getJsonObject("http").getString("method"))
        .isEqualTo("POST");
    assertThat(jobs.log(id, "stdout")).isEqualTo("{\"ok\":true,\"you\":\"\"}");
    assertThat(jobs.log(id, "stderr")).startsWith("POST " + SERVICE.url("/echo") + " answered 200");
    Request request = SERVICE.requests("POST", "/echo").getFirst();
    assertThat(request.key()).isEqualTo(id + "-1");
    assertThat(request.headers()).containsEntry("content-type", "application/json");
    assertThat(jobs.attempts(id)).hasSize(1);
    assertThat(api.get("/agents").expect(200).items()).isEmpty();
  }

  @Test
  @Order(2)
  void what_is_no_success_fails_and_is_tried_again_as_the_job_says() {
    JsonObject failed = jobs.awaitEnd(jobs.submit(job("fails", post("/fails"))));
    assertThat(failed.getString("state")).isEqualTo("FAILED");
    assertThat(failed.getString("reason")).contains("/fails answered 500");
    assertThat(failed.getInt("exitCode")).isEqualTo(1);

    JsonObject refused =
        jobs.awaitEnd(jobs.submit(job("no", post("/echo") + ",'success':'body.ok == false'")));
    assertThat(refused.getString("state")).isEqualTo("FAILED");
    assertThat(refused.getString("reason")).contains("success condition does not hold");

    String retried =
        jobs.submit(
            job("again", post("/once-broken"), "'retry':{'maxAttempts':2,'delay':'100ms'},"));
    assertThat(jobs.awaitEnd(retried).getString("state")).isEqualTo("SUCCEEDED");
    assertThat(jobs.attempts(retried)).hasSize(2);
    assertThat(SERVICE.requests("POST", "/once-broken"))
        .extracting(Request::key)
        .containsExactly(retried + "-1", retried + "-2");
  }

  @Test
  @Order(3)
  void what_goes_on_elsewhere_is_looked_at_until_it_is_done() {
    String id =
        jobs.submit(
            job(
                "thing",
                post("/things")
                    + ",'poll':{'urlFrom':'body.at','interval':'200ms','done':'body.state !="
                    + " \\\"running\\\"'}"));

    JsonObject ended = jobs.awaitEnd(id);
    assertThat(ended.getString("state")).as(ended.toString()).isEqualTo("SUCCEEDED");
    assertThat(ended.getJsonObject("result").getString("state")).isEqualTo("done");
    assertThat(jobs.attempts(id).getFirst().getString("executionName"))
        .isEqualTo(SERVICE.url("/things/" + id + "-1"));
    String name = URLEncoder.encode(SERVICE.url("/things/" + id + "-1"), StandardCharsets.UTF_8);
    assertThat(api.get("/jobs?executionName=" + name).expect(200).items())
        .extracting(found -> found.getString("id"))
        .containsExactly(id);
    assertThat(api.get("/jobs?state=FAILED&executionName=" + name).items()).isEmpty();
    assertThat(SERVICE.requests("GET", "/things/" + id)).hasSize(6);
    assertThat(SERVICE.requests("POST", "/things")).hasSize(1);
  }

  @Test
  @Order(4)
  void a_cancel_reaches_the_other_side() {
    String id =
        jobs.submit(
            job(
                "endless",
                post("/things/endless")
                    + ",'poll':{'urlFrom':'body.at','interval':'1s','done':'body.state =="
                    + " \\\"done\\\"'},'cancel':{'urlFrom':'body.at'}"));
    jobs.awaitState(id, "RUNNING");
    api.post("/jobs/" + id + ":cancel", "{\"reason\":\"enough\"}").expect(202);

    assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("CANCELLED");
    assertThat(SERVICE.requests("DELETE", "/things/endless/" + id)).hasSize(1);
  }

  @Test
  @Order(5)
  void a_busy_service_is_waited_for_which_costs_no_attempt() {
    String id = jobs.submit(job("busy", post("/busy")));
    await("explained")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> jobs.reasons(id).contains("PUT_OFF"));
    JsonObject reason =
        jobs.explain(id).getJsonArray("reasons").getValuesAs(JsonObject.class).getFirst();
    assertThat(reason.getString("message")).contains("/busy answered 429", "costs no attempt");
    assertThat(reason.getJsonObject("detail").getString("until")).isNotEmpty();

    JsonObject ended = jobs.awaitEnd(id);
    assertThat(ended.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(ended.getJsonObject("result").getInt("try")).isEqualTo(3);
    assertThat(jobs.attempts(id)).hasSize(1);
    assertThat(ended.getInt("failures")).isZero();
  }

  @Test
  @Order(6)
  void time_is_limited_for_a_call_and_for_all_of_it() {
    JsonObject call =
        jobs.awaitEnd(jobs.submit(job("late", post("/holds/a") + ",'timeout':'300ms'")));
    assertThat(call.getString("state")).isEqualTo("FAILED");
    assertThat(call.getString("reason")).contains("gave no answer within 300 ms");

    JsonObject run =
        jobs.awaitEnd(
            jobs.submit(
                job(
                    "long",
                    post("/things/endless")
                        + ",'poll':{'urlFrom':'body.at','interval':'10s','done':'body.state =="
                        + " \\\"done\\\"'},'cancel':{'urlFrom':'body.at'}",
                    "'timeouts':{'run':'1s'},")));
    assertThat(run.getString("state")).isEqualTo("TIMED_OUT");
    assertThat(SERVICE.requests("DELETE", "/things/endless/" + run.getString("id"))).hasSize(1);
  }

  @Test
  @Order(7)
  void no_job_reaches_what_only_the_servers_reach() {
    for (String url :
        List.of(
            "http://169.254.169.254/computeMetadata/v1/",
            "http://[::1]:" + SERVICE.port() + "/echo",
            "http://[::ffff:10.0.0.1]/",
            "http://10.0.0.1/",
            "http://0.0.0.0:" + SERVICE.port() + "/echo")) {
      JsonObject ended = jobs.awaitEnd(jobs.submit(job("inside", "'url':'" + url + "'")));
      assertThat(ended.getString("state")).as(url).isEqualTo("FAILED");
      assertThat(ended.getString("reason"))
          .as(url)
          .contains("no address of the public internet", "hodei.http.allow");
    }
  }

  @Test
  @Order(8)
  void a_secret_goes_to_the_service_and_nowhere_else() throws IOException {
    String id =
        jobs.submit(
            job(
                "secret",
                post("/echo/with?key=${{ secrets.token }}")
                    + ",'headers':{'Authorization':{'secret':'token'}}"));
    JsonObject ended = jobs.awaitEnd(id);
    String missing =
        jobs.submit(job("none", post("/echo") + ",'headers':{'A':{'secret':'absent'}}"));

    Request request = SERVICE.requests("POST", "/echo/with").getFirst();
    assertThat(request.headers()).containsEntry("authorization", SECRET);
    assertThat(request.path()).endsWith("?key=v3ry-s3cret%2Fvalue%2B1");
    assertThat(ended.getJsonObject("result").getString("you")).isEqualTo("***");
    assertThat(jobs.log(id, "stderr")).contains("/echo/with?key=***");
    assertThat(jobs.awaitEnd(missing).getString("reason"))
        .contains("The secret absent is not there");
    List<String> kept = new ArrayList<>();
    for (String path :
        List.of(
            "/jobs/" + id, "/jobs/" + id + "/attempts", "/jobs/" + id + "/logs?stream=stdout")) {
      kept.add(api.get(path).expect(200).text());
    }
    for (DevNode node : CLUSTER.nodes()) {
      kept.add(Files.readString(node.log(), StandardCharsets.UTF_8));
    }
    kept.add(wholeDatabase());
    assertThat(kept)
        .allSatisfy(text -> assertThat(text).doesNotContain("v3ry-s3cret", "djNyeS1zM2NyZXQ"));
  }

  @Test
  @Order(9)
  void no_node_makes_more_calls_at_a_time_than_the_profile_allows() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(jobs.submit(job("slow", post("/slow?n=" + i))));
    }
    ids.forEach(id -> assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED"));

    assertThat(SERVICE.requests("POST", "/slow")).hasSize(60);
    assertThat(SERVICE.mostInFlight()).isBetween(5, 20);
  }

  /** The last one: a node is gone after it. */
  @Test
  @Order(10)
  void work_outlives_the_node_that_began_it() {
    String held = jobs.submit(job("held", post("/holds") + ",'timeout':'2m'"));
    await("held").atMost(Duration.ofSeconds(20)).until(() -> SERVICE.begun("/holds") == 1);
    DevNode holder = holder("held");
    assertThat(api.at(holder.url()).get("//metrics").expect(200).text())
        .contains("external_calls_in_flight{executor=\"http\",lane=\"starts\"} 1")
        .contains("external_calls_in_flight{executor=\"http\",lane=\"looks\"} 0")
        .contains("external_calls_in_flight{executor=\"cloud-run\",lane=\"starts\"} 0");
    Api survivor =
        new Api(
            CLUSTER.nodes().stream().filter(node -> node != holder).findFirst().orElseThrow().url(),
            CLUSTER.token());
    Jobs seen = new Jobs(survivor);
    String polled =
        seen.submit(
            job(
                "polled",
                post("/things/long-endless")
                    + ",'poll':{'urlFrom':'body.at','interval':'500ms','done':'body.state =="
                    + " \\\"done\\\"'}"));
    seen.awaitState(polled, "RUNNING");
    assertThat(seen.awaitState(held, "RUNNING").getInt("attempt")).isEqualTo(1);

    holder.kill();

    await("the other node repeats the call")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                SERVICE.requests("POST", "/holds").stream()
                        .filter(r -> r.key().equals(held + "-1"))
                        .count()
                    == 2);
    int looks = SERVICE.requests("GET", "/things/long-endless").size();
    await("looks go on")
        .atMost(Duration.ofSeconds(30))
        .until(() -> SERVICE.requests("GET", "/things/long-endless").size() > looks + 2);
    SERVICE.release();

    JsonObject ended = seen.awaitEnd(held);
    assertThat(ended.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(ended.getInt("attempt")).isEqualTo(1);
    assertThat(ended.getInt("losses")).isZero();
    assertThat(SERVICE.begun("/holds")).as("things begun").isEqualTo(1);
    assertThat(SERVICE.requests("POST", "/things/long-endless")).hasSize(1);
    try (Database database = Database.of(CLUSTER)) {
      assertThat(
              database.number(
                  "select count(*) from attempts where job_id = " + number(database, "held")))
          .isEqualTo(1);
    }
    survivor.post("/jobs/" + polled + ":cancel", "{}").expect(202);
    assertThat(seen.awaitEnd(polled).getString("state")).isEqualTo("CANCELLED");
  }

  private static DevNode holder(String job) {
    try (Database database = Database.of(CLUSTER)) {
      String url =
          database.text(
              "select n.url from external_executions e join nodes n on n.incarnation = e.holder"
                  + " where e.phase = 'STARTING' and e.job_id = "
                  + number(database, job));
      return CLUSTER.nodes().stream()
          .filter(node -> url.endsWith(":" + node.url().getPort()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static long number(Database database, String name) {
    return database.number("select id from jobs where name = '%s'".formatted(name));
  }

  private static String wholeDatabase() {
    try (Database database = Database.of(CLUSTER)) {
      StringBuilder all = new StringBuilder();
      for (String table :
          database.texts(
              "select tablename from pg_tables where schemaname = 'public' and tablename not like"
                  + " 'flyway%'")) {
        database.texts("select cast(t as text) from " + table + " t").forEach(all::append);
      }
      database.texts("select convert_from(data, 'UTF8') from log_chunks").forEach(all::append);
      return all.toString();
    }
  }
}
