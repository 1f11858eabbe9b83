package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Browser;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Events;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Logins of the console: who gets one, what it may do, and that it ends. */
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionIT {
  private static final String EVIL = "http://evil.example";

  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();
  private final URI first = cluster.node(1).url();
  private final URI second = cluster.node(2).url();
  private final String run = "login-" + UUID.randomUUID().toString().substring(0, 8);
  private final String job = Jobs.command(run, "true").toString();

  private JsonObject token(String role) {
    return api.post("/tokens", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(run, role))
        .expect(201)
        .json();
  }

  private Browser logIn(JsonObject token) {
    return Browser.logIn(first, "{\"token\":\"%s\"}".formatted(token.getString("token")));
  }

  private String code() {
    return api.post("/session/codes", "").expect(201).json().getString("code");
  }

  private static String origin(URI node) {
    return node.getScheme() + "://" + node.getAuthority();
  }

  @Test
  void a_login_is_a_cookie_that_no_script_reads_and_no_other_site_sends() {
    Browser browser = logIn(token("SUBMITTER"));
    assertThat(browser.attributes().split("; *"))
        .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/")
        .noneMatch(attribute -> attribute.startsWith("Domain"));
    assertThat(browser.secret()).matches("[A-Za-z0-9_-]{43}");
    JsonObject me = browser.get("/session").expect(200).json();
    assertThat(me.getString("role")).isEqualTo("SUBMITTER");
    assertThat(me.getJsonObject("token").getString("name")).isEqualTo(run);
    assertThat(me.getJsonObject("tenant").getString("name")).isEqualTo("default");
    assertThat(me.getString("csrf")).isEqualTo(browser.csrf());
    assertThat(
            me.getJsonArray("nodes").getValuesAs(JsonObject.class).stream()
                .map(node -> URI.create(node.getString("url"))))
        .containsExactlyInAnyOrderElementsOf(cluster.urls());
    assertThat(me.toString()).doesNotContain(browser.secret());
    try (Database database = Database.of(cluster)) {
      String begin =
          HexFormat.of().formatHex(browser.secret().getBytes(StandardCharsets.US_ASCII), 0, 16);
      assertThat(database.texts("select cast(s.* as text) from console_sessions s").toString())
          .doesNotContain(begin);
    }
  }

  @Test
  void a_login_may_what_its_token_may_on_every_node() {
    Browser browser = logIn(token("SUBMITTER"));
    String later =
        Jobs.with(Jobs.command(run, "true"), "availableAt", "\"2099-01-01T00:00:00Z\"").toString();
    String id = browser.send("POST", "/jobs", later).expect(201).json().getString("id");
    browser.at(second).get("/jobs/" + id).expect(200);
    browser.at(second).send("POST", "/jobs/" + id + ":cancel", "{}").expect(202);
    assertThat(browser.send("POST", "/pools/default:pause", "{}").expect(403).isProblem()).isTrue();
    browser.get("/tokens").expect(403);
    assertThat(browser.get("//metrics").status()).as("a login is for the API only").isEqualTo(401);
  }

  @Test
  void a_change_without_the_value_or_from_another_origin_does_nothing() {
    Browser browser = logIn(token("SUBMITTER"));
    String csrf = browser.csrf();
    List<Map<String, String>> forged =
        List.of(
            Map.of(),
            Map.of("X-Hodei-CSRF", csrf),
            Map.of("Origin", origin(first)),
            Map.of("Origin", origin(first), "X-Hodei-CSRF", ""),
            Map.of("Origin", origin(first), "X-Hodei-CSRF", csrf + "A"),
            Map.of("Origin", origin(first), "X-Hodei-CSRF", logIn(token("VIEWER")).csrf()),
            Map.of("Origin", EVIL, "X-Hodei-CSRF", csrf),
            Map.of("Origin", "null", "X-Hodei-CSRF", csrf),
            Map.of("Origin", origin(second), "X-Hodei-CSRF", csrf),
            Map.of("Sec-Fetch-Site", "cross-site", "X-Hodei-CSRF", csrf),
            Map.of("Sec-Fetch-Site", "same-site", "X-Hodei-CSRF", csrf),
            Map.of("Origin", origin(first), "Sec-Fetch-Site", "cross-site", "X-Hodei-CSRF", csrf),
            Map.of("Origin", EVIL, "Sec-Fetch-Site", "same-origin", "X-Hodei-CSRF", csrf));
    for (Map<String, String> headers : forged) {
      for (String type :
          List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Content-Type", type);
        all.put("X-HTTP-Method-Override", "GET");
        Answer answer = browser.send("POST", "/jobs", job, all);
        assertThat(answer.status()).as(all + " " + answer).isEqualTo(403);
        assertThat(answer.isProblem()).isTrue();
      }
      assertThat(browser.send("DELETE", "/session", "", headers).status()).isEqualTo(403);
    }
    assertThat(api.get("/jobs?name=" + run).expect(200).items()).isEmpty();
    assertThat(browser.send("GET", "/jobs", "", Map.of("Sec-Fetch-Site", "cross-site")).status())
        .isEqualTo(403);
    browser.get("/session").expect(200);
  }

  @Test
  void a_token_needs_no_value_and_no_origin() {
    api.post("/jobs", job, Map.of("Origin", EVIL, "Sec-Fetch-Site", "cross-site")).expect(201);
    JsonObject me = api.get("/session").expect(200).json();
    assertThat(me.containsKey("csrf")).isFalse();
    assertThat(me.containsKey("session")).isFalse();
    assertThat(api.delete("/session").expect(409).isProblem()).isTrue();
  }

  @Test
  void no_answer_lets_another_origin_read() {
    Browser browser = logIn(token("VIEWER"));
    for (Answer answer :
        List.of(
            browser.send("GET", "/session", "", Map.of("Origin", EVIL)),
            api.get("/jobs", Map.of("Origin", EVIL)),
            api.send("OPTIONS", "/session", new byte[0], Map.of("Origin", EVIL)))) {
      assertThat(
              answer.response().headers().map().keySet().stream()
                  .map(name -> name.toLowerCase(java.util.Locale.ROOT)))
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void a_page_of_another_origin_logs_nobody_in() {
    String body = "{\"token\":\"%s\"}".formatted(token("VIEWER").getString("token"));
    for (Map<String, String> headers :
        List.of(Map.of("Origin", EVIL), Map.of("Sec-Fetch-Site", "cross-site"))) {
      Answer answer = api.as("").post("/session", body, headers).expect(403);
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void a_revocation_ends_the_login_and_its_streams_on_the_other_node_within_a_second()
      throws Exception {
    for (String how : List.of("token", "logout")) {
      JsonObject token = token("OPERATOR");
      Browser browser = logIn(token);
      Browser there = browser.at(second);
      there.get("/session").expect(200);
      try (Events stream = there.events("/events?topics=job.*")) {
        // Remembered as valid until the last moment.
        there.get("/jobs?limit=1").expect(200);
        long began = System.nanoTime();
        if (how.equals("token")) {
          api.delete("/tokens/" + token.getString("id")).expect(204);
        } else {
          browser.send("DELETE", "/session", "").expect(204);
        }
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(10))
            .until(stream::hasEnded);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as(how + ": the stream's end")
            .isLessThan(Duration.ofSeconds(1));
        assertThat(there.get("/session").status()).as(how).isEqualTo(401);
        assertThat(browser.get("/session").status()).as(how).isEqualTo(401);
      }
    }
  }

  @Test
  void a_disabled_tenant_has_no_logins_and_no_streams() {
    JsonObject made = api.post("/tenants", "{\"name\":\"%s\"}".formatted(run)).expect(201).json();
    Browser browser =
        Browser.logIn(first, "{\"token\":\"%s\"}".formatted(made.getString("adminToken")));
    try (Events stream = browser.at(second).events("/events")) {
      api.send(
              "PATCH",
              "/tenants/" + made.getString("id"),
              "{\"disabled\":true}".getBytes(StandardCharsets.UTF_8),
              Map.of("Content-Type", "application/merge-patch+json"))
          .expect(200);
      await().atMost(Duration.ofSeconds(1)).until(stream::hasEnded);
      assertThat(browser.at(second).get("/session").status()).isEqualTo(401);
    }
  }

  @Test
  void a_login_carries_a_stream_of_events() throws Exception {
    Browser browser = logIn(token("SUBMITTER"));
    try (Events stream = browser.events("/events?topics=job.created")) {
      String id = browser.send("POST", "/jobs", job).expect(201).json().getString("id");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> stream.sofar().stream().anyMatch(event -> event.data().contains(id)));
    }
    assertThat(
            browser
                .send(
                    "GET",
                    "/events",
                    "",
                    Map.of("Accept", "text/event-stream", "Sec-Fetch-Site", "cross-site"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void a_logout_takes_the_cookie_back_and_leaves_the_token() {
    JsonObject token = token("VIEWER");
    Browser browser = logIn(token);
    Browser another = logIn(token);
    Answer out = browser.send("DELETE", "/session", "").expect(204);
    assertThat(out.header("Set-Cookie").orElse(""))
        .startsWith("__Host-hodei=; Max-Age=0;")
        .contains("Path=/")
        .contains("Secure");
    assertThat(browser.get("/session").status()).isEqualTo(401);
    another.get("/session").expect(200);
    api.as(token.getString("token")).get("/me").expect(200);
  }

  @Test
  void a_code_works_once_whichever_node_is_asked() throws Exception {
    String body = "{\"code\":\"%s\"}".formatted(code());
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      URI node = i % 2 == 0 ? first : second;
      attempts.add(() -> Browser.tryToLogIn(node, body).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Integer> one : threads.invokeAll(attempts)) {
        statuses.add(one.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(5);
  }

  @Test
  void a_code_that_is_too_old_begins_nothing() {
    String code = code();
    try (Database database = Database.of(cluster)) {
      assertThat(
              database.number(
                  "select count(*) from console_codes where expires_at <= created_at + interval '60 seconds'"))
          .isPositive();
      database.execute("update console_codes set expires_at = clock_timestamp()");
    }
    assertThat(
            Browser.tryToLogIn(first, "{\"code\":\"%s\"}".formatted(code)).expect(401).isProblem())
        .isTrue();
  }

  @Test
  void a_login_makes_no_codes_and_an_agent_gets_neither() {
    Browser browser = logIn(token("ADMIN"));
    assertThat(browser.send("POST", "/session/codes", "").expect(403).isProblem()).isTrue();
    JsonObject agent = token("AGENT");
    api.as(agent.getString("token")).post("/session/codes", "").expect(403);
    Browser.tryToLogIn(first, "{\"token\":\"%s\"}".formatted(agent.getString("token"))).expect(403);
  }

  @Test
  void what_is_no_login_is_refused_with_a_reason() {
    Api stranger = api.as("");
    assertThat(stranger.post("/session", "{}").expect(400).isProblem()).isTrue();
    stranger.post("/session", "{\"token\":\"a\",\"code\":\"b\"}").expect(400);
    stranger.post("/session", "{\"token\":5}").expect(400);
    stranger.post("/session", "{\"password\":\"x\"}").expect(400);
    stranger.post("/session", "{\"token\":\"%s\"}".formatted("x".repeat(300))).expect(400);
    stranger.post("/session", "token=x", Map.of("Content-Type", "text/plain")).expect(415);
    stranger.get("/session").expect(401);
    stranger.delete("/session").expect(401);
    stranger.post("/session/codes", "").expect(401);
    for (String path : List.of("/session/", "/session;x", "/./session", "/%73ession")) {
      assertThat(stranger.post(path, "{}").status()).as(path).isIn(400, 401);
    }
  }

  @Test
  void logins_are_audited_with_who_and_from_where() {
    JsonObject token = token("VIEWER");
    Browser browser = logIn(token);
    browser.send("DELETE", "/session", "").expect(204);
    List<JsonObject> entries = api.get("/audit?actor=" + run).expect(200).items();
    assertThat(entries)
        .extracting(entry -> entry.getString("action"))
        .containsExactly("session.logout", "session.login");
    assertThat(entries.getLast().getJsonObject("detail").getString("by")).isEqualTo("token");
    assertThat(entries.getLast().getJsonObject("detail").getString("address"))
        .isEqualTo("127.0.0.1");
    assertThat(entries.toString())
        .doesNotContain(browser.secret())
        .doesNotContain(token.getString("token"));
  }

  /** The last one: it spends the attempts of this address at the second node. */
  @Test
  @Order(Integer.MAX_VALUE)
  void who_guesses_is_slowed_down_and_who_knows_a_token_is_not() {
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      Answer answer = Browser.tryToLogIn(second, "{\"token\":\"hod_wrong\"}");
      assertThat(answer.isProblem()).isTrue();
      if (answer.status() == 429) {
        assertThat(answer.header("Retry-After")).isPresent();
        refused++;
      } else {
        answer.expect(401);
      }
    }
    assertThat(refused).isBetween(30, 45);
    // Those who come with a token are not those who guess one.
    api.at(second).get("/session").expect(200);
    logIn(token("VIEWER")).at(second).get("/session").expect(200);
  }
}
