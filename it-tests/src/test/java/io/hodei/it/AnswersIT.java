package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every answer carries, also the one that says no. */
class AnswersIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Api api = SharedCluster.api();

  @Test
  void every_answer_has_the_headers_of_security_and_its_trace() {
    String job = Jobs.command("x", "true").toString();
    Map<String, String> parent = Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
    List<Answer> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/jobs",
            "/agents",
            "/openapi.yaml",
            "/openapi.json",
            "/jobs/0000000000001",
            "/jobs/x",
            "/jobs?limit=0",
            "/nothing",
            "//nothing",
            "//health/live",
            "//health/ready",
            "//metrics")) {
      answers.add(api.get(path, parent));
      answers.add(api.as("").get(path, parent));
      answers.add(api.as("hod_wrong").get(path, parent));
    }
    answers.add(send("POST", "/jobs", job, parent, "application/json"));
    answers.add(send("POST", "/jobs", "{", parent, "application/json"));
    answers.add(send("POST", "/jobs", job, parent, "text/csv"));
    answers.add(send("POST", "/jobs", "\"" + "x".repeat(3_000_000), parent, "application/json"));
    answers.add(send("DELETE", "/jobs", "", parent, "application/json"));
    answers.add(send("OPTIONS", "/jobs", "", parent, "application/json"));

    assertThat(answers.stream().map(Answer::status).distinct())
        .contains(200, 201, 400, 401, 404, 405, 413, 415);
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
              assertThat(answer.header("Cache-Control")).contains("no-store");
              assertThat(answer.header("Content-Security-Policy").orElse(""))
                  .contains("default-src 'none'")
                  .contains("frame-ancestors 'none'");
              assertThat(answer.header("traceparent").orElse("")).startsWith("00-" + TRACE + "-");
              assertThat(answer.header("Hodei-Trace-Id")).contains(TRACE);
              assertThat(answer.response().headers().map().toString())
                  .doesNotContainIgnoringCase("payara")
                  .doesNotContainIgnoringCase("x-powered-by");
              if (answer.status() >= 400) {
                assertThat(answer.isProblem()).as(answer.toString()).isTrue();
                assertThat(answer.json().getString("traceId")).isEqualTo(TRACE);
              }
            });
  }

  @Test
  void both_forms_of_the_description_are_served() {
    assertThat(api.get("/openapi.json").expect(200).json().getString("openapi")).isEqualTo("3.1.0");
    assertThat(api.get("/openapi.yaml").expect(200).text()).startsWith("openapi: 3.1.0");
  }

  @Test
  void agents_come_in_pages() {
    Answer first = api.get("/agents?limit=1").expect(200);
    assertThat(first.items()).hasSize(1);
    String cursor = first.json().getString("nextCursor");
    Answer second = api.get("/agents?limit=1&cursor=" + cursor).expect(200);
    assertThat(second.items()).hasSize(1);
    assertThat(second.items().getFirst().getString("id"))
        .isNotEqualTo(first.items().getFirst().getString("id"));
    assertThat(api.get("/agents?limit=1&cursor=x").status()).isEqualTo(400);
  }

  @Test
  void a_token_ends_when_it_expires() {
    Answer made =
        api.post("/tokens", "{\"name\":\"short\",\"role\":\"VIEWER\",\"expiresIn\":\"2s\"}")
            .expect(201);
    Api caller = api.as(made.json().getString("token"));
    caller.get("/me").expect(200);
    await("the token has expired")
        .atMost(Duration.ofSeconds(10))
        .until(() -> caller.get("/me").status() == 401);
  }

  @Test
  void a_person_on_call_finds_what_to_look_at() {
    String batch = "[" + Jobs.command("x", "true") + "," + Jobs.command("y", "true") + "]";
    double before = metric("jobs_submitted_total");
    api.post("/jobs:batch", batch).expect(200);
    assertThat(metric("jobs_submitted_total")).isEqualTo(before + 2);
    String metrics = api.get("//metrics").expect(200).text();
    assertThat(metrics)
        .contains("database_borrow_seconds_total{pool=\"requests\"}")
        .contains("database_borrow_failures_total{pool=\"engine\"} 0")
        .contains("loop_failures_total{loop=\"event-relay\"}")
        .contains("loop_failures_total{loop=\"session-reaper\"}")
        .contains("grid_members 2")
        .contains("agents_connected 2")
        .contains("agent_sessions_unrenewed 0")
        .contains("database_hanging 0")
        .contains("outbox_lag_seconds")
        .contains("outbox_waiting");
    assertThat(metric("database_borrows_total{pool=\"requests\"}")).isPositive();
  }

  @Test
  void the_short_way_to_jobs_answers_like_the_long_one() {
    String job = Jobs.command("x", "true").toString();
    String made = api.post("/jobs", job).expect(201).json().getString("id");
    await("the job has ended")
        .until(() -> api.get("/jobs/" + made).json().containsKey("finishedAt"));
    String tag = api.get("/jobs/" + made).header("ETag").orElseThrow();
    Api viewer =
        api.as(
            api.post("/tokens", "{\"name\":\"short-way\",\"role\":\"VIEWER\"}")
                .expect(201)
                .json()
                .getString("token"));

    List<Integer> seen = new ArrayList<>();
    for (Function<Map<String, String>, Answer> request :
        List.<Function<Map<String, String>, Answer>>of(
            more -> api.get("/jobs/" + made, more),
            more -> api.get("/jobs/" + made, with(more, "If-None-Match", tag)),
            more -> api.get("/jobs/" + made, with(more, "If-None-Match", "\"v0\"")),
            more -> api.get("/jobs/0000000000001", more),
            more -> api.get("/jobs/iiiiiiiiiiiii", more),
            more -> api.post("/jobs", job, more),
            more -> api.post("/jobs", "{", more),
            more -> api.post("/jobs", "{\"nmae\":1}", more),
            more -> api.post("/jobs", "\"" + "x".repeat(1_100_000) + "\"", more),
            more -> api.post("/jobs", job, with(more, "Idempotency-Key", "short-way")),
            more -> api.post("/jobs", job, with(more, "Idempotency-Key", "")),
            more -> viewer.post("/jobs", job, more),
            more -> viewer.get("/jobs/" + made, more))) {
      // The first request with a key is answered in another way than the ones after it.
      seen.add(request.apply(Map.of()).status());
      Answer shortly = request.apply(Map.of());
      // An Accept that has to be understood is left to JAX-RS.
      Answer longly = request.apply(Map.of("Accept", "application/json, */*;q=0.1"));
      assertThat(plain(shortly)).isEqualTo(plain(longly));
    }
    assertThat(seen)
        .containsExactly(200, 304, 200, 404, 404, 201, 400, 400, 413, 201, 400, 403, 200);
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return more;
  }

  /** Status, headers and body without what differs from request to request. */
  private static String plain(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
    headers.keySet().removeAll(Set.of("date", "traceparent", "hodei-trace-id"));
    return (answer.status() + " " + headers + " " + answer.text())
        .replaceAll("(\"id\":\"|/api/v1/jobs/)[0-9A-Z]{13}", "$1ID")
        .replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "TRACE")
        .replaceAll("At\":\"[^\"]*\"", "At\":TIME");
  }

  private double metric(String name) {
    return api.get("//metrics")
        .expect(200)
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private Answer send(
      String method, String path, String body, Map<String, String> headers, String type) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", type);
    return api.send(method, path, body.getBytes(StandardCharsets.UTF_8), all);
  }
}
