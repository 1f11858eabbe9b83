package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: a problem that says where, never a 500, and little work for the node. */
@Order(4)
class BadInputIT {
  private static final String SPEC = "\"spec\":{\"command\":[\"true\"]}";

  private static final Duration MOST_CPU = Duration.ofMillis(50);
  private static final int WARM_UP = 10;
  private static final int REPEATS = 21;

  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"x\",SPEC,\"nmae\":1}|/nmae",
        "{\"name\":5,SPEC}|/name",
        "{\"name\":null,SPEC}|/name",
        "{\"name\":\"\",SPEC}|/name",
        "{\"name\":\"x\"}|/spec",
        "{\"name\":\"x\",\"spec\":[]}|/spec",
        "{\"name\":\"x\",\"spec\":{\"command\":\"true\"}}|/spec/command",
        "{\"name\":\"x\",\"spec\":{\"command\":[1]}}|/spec/command/0",
        "{\"name\":\"x\",\"spec\":{\"command\":[]}}|/spec",
        "{\"name\":\"x\",\"spec\":{\"command\":[\"a\"],\"stdin\":\"%%\"}}|/spec/stdin",
        "{\"name\":\"x\",\"spec\":{\"command\":[\"a\\u0000b\"]}}|/spec/command/0",
        "{\"name\":\"x\",\"spec\":{\"command\":[\"a\"],\"environment\":{\"A\":1}}}|/spec/environment/A",
        "{\"name\":\"x\",SPEC,\"priority\":\"URGENT\"}|/priority",
        "{\"name\":\"x\",SPEC,\"priority\":{\"lane\":\"HIGH\",\"level\":10}}|/priority/level",
        "{\"name\":\"x\",SPEC,\"labels\":{\"a\":{}}}|/labels/a",
        "{\"name\":\"x\",SPEC,\"pool\":\"../etc\"}|/pool",
        "{\"name\":\"x\",SPEC,\"availableAt\":\"tomorrow\"}|/availableAt",
        "{\"name\":\"x\",SPEC,\"timeouts\":{\"run\":\"-5s\"}}|/timeouts/run",
        "{\"name\":\"x\",SPEC,\"timeouts\":{\"run\":5}}|/timeouts/run",
        "{\"name\":\"x\",SPEC,\"retry\":{\"maxAttempts\":0}}|/retry/maxAttempts",
        "{\"name\":\"x\",SPEC,\"retry\":{\"maxAttempts\":1.5}}|/retry/maxAttempts",
        "{\"name\":\"x\",SPEC,\"retry\":{\"backoff\":\"NEVER\"}}|/retry/backoff",
        "{\"name\":\"x\",SPEC,\"retry\":{\"jitter\":2}}|/retry/jitter",
        "{\"name\":\"x\",SPEC,\"logLimitBytes\":1e999}|/logLimitBytes",
        "{\"name\":\"x\",SPEC,\"logLimitBytes\":-1}|/logLimitBytes",
      })
  void a_wrong_member_is_named(String body, String pointer) {
    Answer answer = api.post("/jobs", body.replace("SPEC", SPEC)).expect(400);

    assertThat(answer.isProblem()).isTrue();
    JsonArray errors = answer.json().getJsonArray("errors");
    assertThat(errors).as(answer.toString()).isNotNull();
    assertThat(errors.toString()).contains("\"pointer\":\"" + pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nul",
        "[]",
        "5",
        "\"text\"",
        "{\"name\":\"x\"}}",
        "{'name':'x'}",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":NaN}",
        "\u0000",
        "{\"name\":01}"
      })
  void what_is_no_job_at_all_is_a_problem(String body) {
    Answer answer =
        api.send(
            "POST",
            "/jobs",
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", "application/json"));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.isProblem()).isTrue();
  }

  @Test
  void a_member_that_is_there_twice_is_named() {
    Answer answer = api.post("/jobs", "{\"name\":\"x\",\"name\":\"y\"," + SPEC + "}").expect(400);

    assertThat(answer.isProblem()).isTrue();
    assertThat(answer.json().getString("detail")).contains("\"name\"").contains("twice");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/name");
  }

  @Test
  void what_the_server_refuses_below_the_product_tells_nothing_of_it() {
    for (String path : List.of("/jobs/%00", "//%2e%2e/", "//..%2f..%2fetc/passwd")) {
      Answer answer = api.get(path);
      assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
      assertThat(answer.text()).doesNotContainIgnoringCase("payara").doesNotContain("Exception");
    }
  }

  @Test
  void enormous_input_costs_next_to_nothing() {
    String digits = "7".repeat(1_000_000);
    List<String> bodies =
        List.of(
            "{\"name\":\"x\"," + SPEC + ",\"logLimitBytes\":" + digits + "}",
            "{\"name\":\"x\"," + SPEC + ",\"retry\":{\"jitter\":0." + digits + "}}",
            "{\"name\":\"x\"," + SPEC + ",\"retry\":{\"jitter\":1e" + digits + "}}",
            "[".repeat(10_000) + "]".repeat(10_000),
            "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
            "{\"name\":\"" + "x".repeat(1_000_000) + "\"," + SPEC + "}",
            "{\"name\":\"x\"," + SPEC + ",\"labels\":{" + collidingKeys(20_000) + "}}");
    for (String body : bodies) {
      Duration median = medianCpu(body);
      System.out.printf(
          "CPU of the node for a refused body of %,d bytes (%s...): median %d ms%n",
          body.length(), body.substring(0, 24), median.toMillis());
      assertThat(median).as(body.substring(0, 60)).isLessThanOrEqualTo(MOST_CPU);
    }
  }

  /** What one request costs the node, which has its own work to do meanwhile. */
  private Duration medianCpu(String body) {
    List<Duration> costs = new ArrayList<>();
    for (int i = 0; i < WARM_UP + REPEATS; i++) {
      Duration before = cpu();
      Answer answer = api.post("/jobs", body);
      if (i >= WARM_UP) {
        costs.add(cpu().minus(before));
      }
      assertThat(answer.status()).as(answer.shortText()).isIn(400, 413);
      assertThat(answer.isProblem()).isTrue();
    }
    return costs.stream().sorted().toList().get(REPEATS / 2);
  }

  @Test
  void a_body_over_the_limit_is_refused_before_it_is_read() {
    Answer answer = api.post("/jobs", "{\"name\":\"" + "x".repeat(3_000_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.isProblem()).isTrue();
  }

  @Test
  void ten_thousand_and_one_jobs_are_too_many_for_a_batch() {
    String line = "{\"name\":\"x\"," + SPEC + "}\n";

    Answer lines =
        api.post(
            "/jobs:batch", line.repeat(10_001), Map.of("Content-Type", "application/x-ndjson"));

    assertThat(lines.status()).as(lines.shortText()).isEqualTo(413);
    assertThat(lines.isProblem()).isTrue();
    assertThat(api.post("/jobs:batch", "[" + "{},".repeat(10_000) + "{}]").status()).isEqualTo(413);
    assertThat(api.get("/jobs?name=x").items()).isEmpty();
  }

  @Test
  void ids_that_are_none_or_nobodys_are_not_found_or_refused() {
    List<String> wrong = new ArrayList<>();
    for (String id :
        List.of(
            "0000000000001",
            "7ZZZZZZZZZZZZ",
            "ZZZZZZZZZZZZZ",
            "1",
            "x",
            "-1",
            "null",
            "%01",
            "..%2f..",
            "'%20or%201=1--",
            "%F0%9F%98%80",
            "A".repeat(500))) {
      for (String path :
          List.of(
              "", "/attempts", "/explain", "/logs?stream=stdout", "/logs/tail", "/logs/download")) {
        Answer answer = api.get("/jobs/" + id + path);
        if (!List.of(400, 404).contains(answer.status()) || !answer.isProblem()) {
          wrong.add(answer.toString());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "%00", "-1", "999999999999999999999", "eyJhIjoxfQ", "'--"})
  void a_cursor_that_we_did_not_make_is_refused(String cursor) {
    for (String list : List.of("/jobs", "/audit", "/tokens")) {
      Answer answer = api.get(list + "?cursor=" + cursor);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.isProblem()).isTrue();
      assertThat(answer.text()).contains("cursor");
    }
  }

  @Test
  void sql_in_a_filter_is_only_text() {
    long before = count();
    List<String> wrong = new ArrayList<>();
    for (String sql :
        List.of(
            "' or '1'='1",
            "'; drop table jobs; --",
            "') union select secret_sha256 from tokens --",
            "\\' or 1=1 --",
            "%' or '%'='",
            "$$ or true --",
            "1; select pg_sleep(5)",
            "a:b' or true --")) {
      for (String parameter :
          List.of("state", "name", "label", "pool", "from", "to", "fields", "limit", "cursor")) {
        String value = URLEncoder.encode(sql, StandardCharsets.UTF_8);
        for (String method : List.of("GET", "POST")) {
          Answer answer =
              method.equals("GET")
                  ? api.get("/jobs?" + parameter + "=" + value)
                  : api.post("/jobs:cancel?" + parameter + "=" + value, "{}");
          boolean harmless =
              answer.status() == 400 && answer.isProblem()
                  || answer.status() == 200
                      && (method.equals("GET")
                          ? answer.items().isEmpty()
                          : answer.json().getInt("requested") == 0);
          if (!harmless) {
            wrong.add(answer.toString());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void text_of_any_alphabet_comes_back_as_it_was() {
    String name = "ñandú 😀 \u202e \\\"';-- " + UUID.randomUUID();
    String id =
        new Jobs(api)
            .submit(
                Jobs.with(
                    Jobs.command("x", "true"),
                    "name",
                    jakarta.json.Json.createValue(name).toString()));

    assertThat(new Jobs(api).get(id).getString("name")).isEqualTo(name);
    assertThat(
            api.get("/jobs?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .expect(200)
                .items())
        .hasSize(1);
  }

  @Test
  void headers_that_make_no_sense_are_problems() {
    String job = Jobs.command("x", "true").toString();
    List<Answer> answers =
        List.of(
            api.post("/jobs", job, Map.of("Idempotency-Key", "k".repeat(256))),
            api.post("/jobs", job, Map.of("Idempotency-Key", " ")),
            api.post("/jobs", job, Map.of("Content-Type", "nonsense")),
            api.get("/events?after=x", Map.of("Accept", "application/json")),
            api.get("/events?topics=%00", Map.of("Accept", "application/json")),
            api.get("/jobs?limit=0"),
            api.get("/jobs?limit=501"),
            api.get("/jobs?limit=x"),
            api.get("/jobs?unknown=1"));
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
              assertThat(answer.isProblem()).as(answer.toString()).isTrue();
            });
  }

  private Duration cpu() {
    return ProcessHandle.of(cluster.node(1).pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  private long count() {
    try (Database database = Database.of(cluster)) {
      return database.number("select count(*) from jobs");
    }
  }

  /** Members whose names have one hash code. */
  private static String collidingKeys(int count) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < count; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      keys.append(i == 0 ? "" : ",").append('"').append(key).append("\":\"\"");
    }
    return keys.toString();
  }
}
