package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.collection.IQueue;
import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Events;
import io.hodei.it.testing.GridIntruder;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What those get who are not meant to: nothing. */
@Order(3)
class StrangerIT {
  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();
  private final Jobs jobs = new Jobs(api);
  private final String run = "own-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void no_operation_of_the_description_answers_without_credentials() {
    List<String> answered = new ArrayList<>();
    for (String[] operation : operations()) {
      if (List.of(operation).equals(List.of("POST", "/session"))) {
        continue; // Where credentials are shown; SessionIT attacks it.
      }
      for (String token : List.of("", "hod_wrong", "hod_" + "A".repeat(43), "x".repeat(300))) {
        Answer answer =
            api.as(token)
                .send(operation[0], operation[1], body(operation[0]), Map.of("Accept", "*/*"));
        if (answer.status() != 401
            || !answer.isProblem()
            || answer.header("WWW-Authenticate").isEmpty()) {
          answered.add(answer.toString());
        }
      }
    }
    assertThat(operations()).hasSizeGreaterThan(40);
    assertThat(answered).isEmpty();
  }

  @Test
  void nothing_but_health_and_the_files_of_the_console_is_open_and_health_tells_no_detail() {
    Api stranger = api.as("");
    for (String path :
        List.of(
            "//unknown",
            "//unknown.js",
            "//index.html;x",
            "//%69ndex.html",
            "//./index.html",
            "//vendor/",
            "//vendor/../WEB-INF/web.xml",
            "//%57EB-INF/web.xml",
            "//META-INF/MANIFEST.MF",
            "//metrics",
            "//metrics/base",
            "//health",
            "//openapi",
            "//openapi/",
            "//api/v1",
            "//api/v1/",
            "//api/v1/unknown",
            "//api/v2/jobs",
            "//agent/v1",
            "//health/live/more",
            "//health;x=y/live/../../api/v1/jobs",
            "//api/v1/jobs;.css",
            "//errors",
            "//WEB-INF/web.xml",
            "//.well-known/openid-configuration")) {
      Answer answer = stranger.get(path);
      assertThat(answer.status()).as(answer.toString()).isIn(400, 401, 404);
      assertThat(answer.text()).doesNotContainIgnoringCase("payara").doesNotContain("glassfish");
      assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    }
    Map<String, String> browser = Map.of("Accept", "text/html,*/*;q=0.8");
    for (String path : List.of("//api/v1/jobs", "//metrics", "//agent/v1", "//WEB-INF/web.xml")) {
      assertThat(stranger.get(path, browser).isProblem()).as(path).isTrue();
    }
    stranger.get("//health/live").expect(200);
    assertThat(stranger.get("//health/ready").text())
        .doesNotContain("postgres")
        .doesNotContain("database");
  }

  @Test
  void wrong_methods_and_unknown_paths_are_problems_for_those_who_may_come_in() {
    assertThat(api.get("/unknown").expect(404).isProblem()).isTrue();
    assertThat(api.get("//health").expect(404).isProblem()).isTrue();
    assertThat(api.get("//openapi").expect(404).isProblem()).isTrue();
    Answer wrong = api.delete("/jobs").expect(405);
    assertThat(wrong.isProblem()).isTrue();
    assertThat(wrong.header("Allow").orElse("")).contains("GET").contains("POST");
    // The container answers TRACE by itself, without a body.
    assertThat(api.send("TRACE", "/jobs", new byte[0], Map.of()).status()).isEqualTo(405);
    for (String method : List.of("OPTIONS", "PROPFIND")) {
      Answer answer = api.send(method, "/jobs", new byte[0], Map.of());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(405);
      assertThat(answer.isProblem()).as(answer + " " + answer.contentType()).isTrue();
    }
    assertThat(api.get("/jobs", Map.of("Accept", "image/png")).expect(406).isProblem()).isTrue();
    assertThat(
            api.post("/jobs", "<job/>", Map.of("Content-Type", "application/xml"))
                .expect(415)
                .isProblem())
        .isTrue();
  }

  @Test
  void a_tenant_sees_and_changes_nothing_of_another() throws Exception {
    String secret = "secret-" + UUID.randomUUID();
    String ended =
        jobs.submit(
            Jobs.with(
                Jobs.command(run, "echo", secret), "labels", "{\"run\":\"%s\"}".formatted(run)));
    jobs.awaitEnd(ended);
    String failed = jobs.submit(Jobs.command(run, "false"));
    jobs.awaitEnd(failed);
    String waiting =
        jobs.submit(
            Jobs.with(Jobs.command(run, "true"), "availableAt", "\"2099-01-01T00:00:00Z\""));
    String agent =
        api.get("/agents").items().stream()
            .filter(item -> item.getString("state").equals("ONLINE"))
            .map(item -> item.getString("id"))
            .findFirst()
            .orElseThrow();
    String token = api.get("/tokens").items().getFirst().getString("id");
    Api other = otherTenant();
    List<Answer> answers = new ArrayList<>();

    for (String id : List.of(ended, failed, waiting)) {
      for (String path :
          List.of(
              "",
              "/attempts",
              "/explain",
              "/logs?stream=stdout",
              "/logs/tail",
              "/logs/download?stream=stdout")) {
        answers.add(other.get("/jobs/" + id + path).expect(404));
      }
      answers.add(other.post("/jobs/" + id + ":cancel", "{}").expect(404));
      answers.add(other.post("/jobs/" + id + ":retry", "").expect(404));
      answers.add(other.delete("/jobs/" + id).expect(404));
      answers.add(
          other
              .send(
                  "PATCH",
                  "/jobs/" + id,
                  "{\"priority\":\"HIGH\"}".getBytes(StandardCharsets.UTF_8),
                  Map.of("Content-Type", "application/merge-patch+json", "If-Match", "\"v1\""))
              .expect(404));
    }
    answers.add(other.get("/agents/" + agent).expect(404));
    answers.add(other.post("/agents/" + agent + ":drain", "").expect(404));
    answers.add(other.delete("/tokens/" + token).expect(404));
    Answer some =
        other
            .post("/jobs:batchGet", "{\"ids\":[\"%s\",\"%s\"]}".formatted(ended, waiting))
            .expect(200);
    assertThat(some.items()).isEmpty();
    for (String path : List.of("/jobs", "/jobs?name=" + run, "/jobs?label=run:" + run, "/agents")) {
      assertThat(other.get(path).expect(200).items()).as(path).isEmpty();
    }
    for (String path : List.of("/tokens", "/audit", "/events", "/pools")) {
      answers.add(other.get(path, Map.of("Accept", "application/json")).expect(200));
    }
    assertThat(other.post("/jobs:cancel?name=" + run, "{}").expect(200).json().getInt("requested"))
        .isZero();
    assertThat(other.post("/jobs:replay?name=" + run, "").expect(200).json().getInt("replayed"))
        .isZero();

    assertThat(answers.toString())
        .doesNotContain(secret)
        .doesNotContain(run)
        .doesNotContain("\"subject\":\"" + ended);
    assertThat(jobs.state(waiting)).isEqualTo("SCHEDULED");
    assertThat(api.get("/agents/" + agent).expect(200).json().getString("state"))
        .isEqualTo("ONLINE");
    jobs.awaitState(ended, "SUCCEEDED");
  }

  @Test
  void a_stream_of_events_carries_those_of_one_tenant_only() throws Exception {
    Api other = otherTenant();
    try (Events stream = Events.of(other, "/events?topics=job.*")) {
      String mine = jobs.submit(Jobs.command(run, "true"));
      jobs.awaitEnd(mine);
      String own =
          other
              .post("/jobs", Jobs.command("b", "true").toString())
              .expect(201)
              .json()
              .getString("id");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> stream.sofar().stream().anyMatch(event -> event.data().contains(own)));

      assertThat(stream.sofar().toString()).contains(own).doesNotContain(mine);
    }
  }

  @Test
  void only_installation_administrators_manage_tenants_and_profiles() {
    Api other = otherTenant();
    assertThat(other.get("/tenants").expect(403).isProblem()).isTrue();
    other.post("/tenants", "{\"name\":\"x-%s\"}".formatted(run)).expect(403);
    other.put("/profiles/active", "{\"name\":\"burst\"}").expect(403);
    assertThat(other.get("/me").expect(200).json().getBoolean("installationAdmin")).isFalse();
  }

  @Test
  void a_role_may_do_what_it_names_and_no_more() {
    String job = Jobs.command(run, "true").toString();
    Api viewer = api.as(token("VIEWER"));
    viewer.get("/jobs").expect(200);
    viewer.post("/jobs", job).expect(403);
    viewer.post("/jobs:cancel?name=x", "{}").expect(403);
    viewer.get("/audit").expect(403);
    viewer.get("//metrics").expect(403);
    Api submitter = api.as(token("SUBMITTER"));
    submitter.post("/jobs", job).expect(201);
    submitter.post("/pools/default:pause", "{}").expect(403);
    submitter.get("/tokens").expect(403);
    Api operator = api.as(token("OPERATOR"));
    operator.get("//metrics").expect(200);
    operator.post("/tokens", "{\"name\":\"x\",\"role\":\"ADMIN\"}").expect(403);
    Api agent = api.as(token("AGENT"));
    agent.get("/me").expect(200);
    agent.get("/jobs").expect(403);
    agent.post("/jobs", job).expect(403);
    for (Answer refused : List.of(viewer.post("/jobs", job), agent.get("/jobs"))) {
      assertThat(refused.isProblem()).isTrue();
    }
  }

  @Test
  void a_revoked_token_is_refused_by_both_nodes_within_seconds() {
    JsonObject made =
        api.post("/tokens", "{\"name\":\"%s\",\"role\":\"VIEWER\"}".formatted(run))
            .expect(201)
            .json();
    Api revoked = api.as(made.getString("token"));
    cluster.urls().forEach(url -> revoked.at(url).get("/me").expect(200));

    api.delete("/tokens/" + made.getString("id"));

    for (URI url : cluster.urls()) {
      await().atMost(Duration.ofSeconds(5)).until(() -> revoked.at(url).get("/me").status() == 401);
    }
  }

  @Test
  void the_door_for_agents_opens_for_agents_only() {
    assertThat(knock("")).isEqualTo("401");
    assertThat(knock("hod_wrong")).isEqualTo("401");
    assertThat(knock(cluster.token())).isEqualTo("1008 A token of an agent is needed");
  }

  @Test
  void what_is_forged_into_the_grid_changes_nothing() {
    Api other = otherTenant();
    String theirs =
        other
            .post("/jobs", Jobs.command("theirs", "true").toString())
            .expect(201)
            .json()
            .getString("id");
    String ended = jobs.submit(Jobs.command(run, "true"));
    jobs.awaitEnd(ended);
    String delayed =
        jobs.submit(
            Jobs.with(Jobs.command(run, "true"), "availableAt", "\"2099-01-01T00:00:00Z\""));
    try (Database database = Database.of(cluster);
        GridIntruder intruder = new GridIntruder(database)) {
      List<Long> ids = database.texts("select id from jobs").stream().map(Long::valueOf).toList();
      for (String demand : database.texts("select id from demands")) {
        for (int level = 0; level < 30; level += 5) {
          IQueue<Object> queue = intruder.member().getQueue("ready." + demand + "." + level);
          ids.forEach(id -> queue.offer(packed(id)));
          List.<Object>of(new byte[0], new byte[7], new byte[100_000], "text", 5L)
              .forEach(queue::offer);
          intruder.member().getTopic("ready").publish(packed(Long.parseLong(demand), level));
        }
      }
      intruder.member().getTopic("ready").publish(new byte[3]);
      intruder.member().getTopic("ready").publish("text");
      var copies = intruder.member().<Object, Object>getMap("job");
      for (Object key : List.copyOf(copies.keySet())) {
        copies.set(key, "forged");
      }
      ids.forEach(id -> copies.set("job:" + id, packed(id, id, id)));

      for (int i = 0; i < 5; i++) {
        assertThat(jobs.awaitEnd(jobs.submit(Jobs.command(run, "true"))).getString("state"))
            .isEqualTo("SUCCEEDED");
      }
      assertThat(database.number("select count(*) from jobs where state in ('LEASED', 'RUNNING')"))
          .isZero();
    }

    assertThat(other.get("/jobs/" + theirs).expect(200).json().getString("state"))
        .isEqualTo("QUEUED");
    assertThat(other.get("/jobs/" + theirs).json().getInt("attempt")).isZero();
    assertThat(jobs.get(ended).getInt("attempt")).isEqualTo(1);
    assertThat(jobs.state(delayed)).isEqualTo("SCHEDULED");
    for (URI url : cluster.urls()) {
      assertThat(api.at(url).get("/jobs/" + ended).expect(200).json().getString("name"))
          .isEqualTo(run);
    }
  }

  private Api otherTenant() {
    return api.as(
        api.post("/tenants", "{\"name\":\"t-%s\"}".formatted(UUID.randomUUID()))
            .expect(201)
            .json()
            .getString("adminToken"));
  }

  private String token(String role) {
    return api.post("/tokens", "{\"name\":\"%s-%s\",\"role\":\"%s\"}".formatted(run, role, role))
        .expect(201)
        .json()
        .getString("token");
  }

  /** The status of a refused handshake, or why an accepted one was closed at once. */
  private String knock(String token) {
    URI uri = URI.create("ws" + cluster.node(1).url().toString().substring(4) + "/agent/v1");
    CompletableFuture<String> closed = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
          }
        };
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols("hwp.v1");
      if (!token.isEmpty()) {
        builder.header("Authorization", "Bearer " + token);
      }
      WebSocket socket = builder.buildAsync(uri, listener).join();
      String reason = closed.orTimeout(20, TimeUnit.SECONDS).join();
      socket.abort();
      return reason;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return String.valueOf(refused.getResponse().statusCode());
      }
      throw e;
    }
  }

  /** The server's HTTP layer refuses a body where HTTP gives it no meaning. */
  private static byte[] body(String method) {
    boolean meaningful = List.of("POST", "PUT", "PATCH").contains(method);
    return (meaningful ? "{}" : "").getBytes(StandardCharsets.UTF_8);
  }

  /** Method and path of every operation that the server describes. */
  private List<String[]> operations() {
    Object description =
        new Load(LoadSettings.builder().build())
            .loadFromString(api.get("/openapi.yaml").expect(200).text());
    List<String[]> all = new ArrayList<>();
    Map<?, ?> paths = (Map<?, ?>) member(description, "paths");
    paths.forEach(
        (path, item) ->
            ((Map<?, ?>) item)
                .keySet()
                .forEach(
                    method -> {
                      String verb = method.toString().toUpperCase(Locale.ROOT);
                      if (List.of("GET", "PUT", "POST", "PATCH", "DELETE").contains(verb)) {
                        all.add(
                            new String[] {
                              verb,
                              path.toString()
                                  .replace("{name}", "default")
                                  .replaceAll("\\{[^}]*}", "0000000000001")
                            });
                      }
                    }));
    return all;
  }

  private static Object member(Object map, String name) {
    Object value = ((Map<?, ?>) map).get(name);
    if (value == null) {
      throw new AssertionError("no member " + name);
    }
    return value;
  }

  private static byte[] packed(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }
}
