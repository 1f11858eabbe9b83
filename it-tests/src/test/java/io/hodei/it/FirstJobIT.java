package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.CommandLine;
import io.hodei.it.testing.Events;
import io.hodei.it.testing.ExtraAgent;
import io.hodei.it.testing.Host;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a person tries on the first day. */
@Order(1)
class FirstJobIT {
  private static final String THREE_LINES =
      "for i in 1 2 3; do echo line $i; echo error $i >&2; sleep 1; done; exit 7";

  private DevCluster cluster = SharedCluster.get();
  private Api api = SharedCluster.api();
  private Jobs jobs = new Jobs(api);
  private String run = "first-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void both_nodes_answer() {
    cluster.nodes().forEach(node -> api.at(node.url()).get("/me").expect(200));
  }

  @Test
  void lines_arrive_while_the_job_runs_and_the_exit_code_afterwards() throws Exception {
    String id = jobs.submit(Jobs.script(run, THREE_LINES));

    List<Events.Event> events;
    try (Events tail = Events.of(api, "/jobs/" + id + "/logs/tail")) {
      events = tail.until("end", 60);
    }

    List<Events.Event> lines = events.stream().filter(e -> e.name().equals("log")).toList();
    long ended = events.getLast().nanos();
    assertThat(lines.stream().filter(e -> e.data().contains("line 1")).findFirst().orElseThrow())
        .satisfies(
            first ->
                assertThat(Duration.ofNanos(ended - first.nanos()))
                    .isGreaterThan(Duration.ofSeconds(2)));
    JsonObject job = jobs.get(id);
    assertThat(job.getString("state")).isEqualTo("FAILED");
    assertThat(job.getInt("exitCode")).isEqualTo(7);
    assertThat(jobs.log(id, "stdout")).isEqualTo("line 1\nline 2\nline 3\n");
    assertThat(jobs.log(id, "stderr")).isEqualTo("error 1\nerror 2\nerror 3\n");
  }

  @Test
  void the_command_shows_lines_live_and_exits_with_the_code_of_the_job() throws Exception {
    CommandLine hodei = new CommandLine(cluster.node(2).url().toString(), cluster.tokenFile());

    CommandLine.Result result =
        hodei.run(
            "run", "--", "sh", "-c", "for i in 1 2 3; do echo line $i; sleep 1; done; exit 7");
    long ended = System.nanoTime();

    assertThat(result.texts()).containsExactly("line 1", "line 2", "line 3");
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(Duration.ofNanos(ended - result.lines().getFirst().nanos()))
        .isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void a_tail_resumes_on_another_node_behind_the_last_event_it_saw() throws Exception {
    String id = jobs.submit(Jobs.script(run, THREE_LINES));
    String seen;
    try (Events tail = Events.of(api, "/jobs/" + id + "/logs/tail")) {
      seen = tail.until("log", 60).getLast().id();
    }
    jobs.awaitEnd(id);

    try (Events rest =
        Events.of(
            api.at(cluster.node(2).url()),
            "/jobs/" + id + "/logs/tail",
            Map.of("Last-Event-ID", seen))) {
      List<Events.Event> events = rest.until("end", 30);
      assertThat(events).extracting(Events.Event::id).doesNotContain(seen);
      assertThat(events.toString()).contains("line 3").contains("error 3");
    }
  }

  @Test
  void a_batch_of_lines_answers_per_line() {
    String body =
        IntStream.range(0, 20)
                .mapToObj(i -> Jobs.command(run, "true").toString())
                .collect(java.util.stream.Collectors.joining("\n"))
            + "\n{\"name\":\"\"}\n";

    JsonObject answer =
        api.post("/jobs:batch", body, Jobs.header("Content-Type", "application/x-ndjson"))
            .expect(200)
            .json();

    assertThat(answer.getInt("created")).isEqualTo(20);
    assertThat(answer.getInt("refused")).isEqualTo(1);
    List<JsonObject> items = answer.getJsonArray("items").getValuesAs(JsonObject.class);
    assertThat(items.get(20).getInt("status")).isEqualTo(400);
    assertThat(items.get(20).getJsonObject("problem").toString()).contains("/name");
    items.subList(0, 20).forEach(item -> jobs.awaitEnd(item.getString("id")));
    assertThat(api.get("/jobs?name=" + run + "&state=SUCCEEDED").items()).hasSize(20);
  }

  @Test
  void an_atomic_batch_makes_all_or_none() {
    String body = "[" + Jobs.command(run, "true") + ",{\"name\":\"x\"}]";

    api.post("/jobs:batch?atomic=true", body).expect(422);

    assertThat(api.get("/jobs?name=" + run).items()).isEmpty();
  }

  @Test
  void a_key_makes_one_job_whichever_node_is_asked() {
    String body = Jobs.command(run, "true").toString();
    Map<String, String> key = Jobs.header("Idempotency-Key", run);

    Answer first = api.post("/jobs", body, key).expect(201);
    Answer again = api.at(cluster.node(2).url()).post("/jobs", body, key).expect(201);
    Answer other = api.post("/jobs", Jobs.command(run + "x", "true").toString(), key).expect(422);

    assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(other.isProblem()).isTrue();
    assertThat(api.get("/jobs?name=" + run).items()).hasSize(1);
  }

  @Test
  void lists_are_filtered_by_label_and_paged_by_a_cursor() {
    for (int i = 0; i < 7; i++) {
      JsonObject job = Jobs.command(run + "-" + i, "true");
      jobs.submit(
          Jobs.with(job, "labels", "{\"run\":\"%s\",\"even\":\"%s\"}".formatted(run, i % 2 == 0)));
    }

    String page = "/jobs?label=run:" + run + "&limit=3";
    List<String> names = new ArrayList<>();
    Answer answer = api.get(page).expect(200);
    int pages = 1;
    names.addAll(names(answer));
    while (answer.json().containsKey("nextCursor")) {
      assertThat(answer.header("Link").orElse("")).contains("rel=\"next\"");
      answer = api.get(page + "&cursor=" + answer.json().getString("nextCursor")).expect(200);
      names.addAll(names(answer));
      pages++;
    }

    assertThat(names)
        .containsExactly(
            IntStream.range(0, 7).mapToObj(i -> run + "-" + (6 - i)).toArray(String[]::new));
    assertThat(pages).isEqualTo(3);
    assertThat(api.get("/jobs?label=run:" + run + "&label=even:true").items()).hasSize(4);
    assertThat(api.get("/jobs?name=" + run + "-*&limit=500").items()).hasSize(7);
  }

  @Test
  void a_cancelled_job_leaves_no_process_behind() {
    String id =
        jobs.submit(
            Jobs.with(
                Jobs.script(
                    run, "sleep 600 & trap '' TERM; setsid sleep 601 & while :; do sleep 1; done"),
                "spec",
                "{\"command\":[\"sh\",\"-c\",\"sleep 600 & trap '' TERM; setsid sleep 601 & while :; do sleep 1; done\"],"
                    + "\"environment\":{\"IT_RUN\":\""
                    + run
                    + "\"},\"killGrace\":\"1s\"}"));
    jobs.awaitState(id, "RUNNING");
    await().until(() -> Host.withEnvironment("IT_RUN=" + run).size() >= 3);

    api.post("/jobs/" + id + ":cancel", "{\"reason\":\"enough\"}").expect(202);

    JsonObject job = jobs.awaitEnd(id);
    assertThat(job.getString("state")).isEqualTo("CANCELLED");
    assertThat(Host.withEnvironment("IT_RUN=" + run)).isEmpty();
    JsonObject attempt = jobs.attempts(id).getFirst();
    assertThat(attempt.getString("state")).isEqualTo("CANCELLED");
    assertThat(attempt.getBoolean("treeEnded")).isTrue();
    api.post("/jobs/" + id + ":cancel", "{}").expect(200);
  }

  @Test
  void a_cancel_may_be_more_impatient_than_the_spec_and_than_the_cancel_before() {
    String spec =
        "{\"shell\":\"trap '' TERM; echo up; while :; do sleep 0.1; done\",\"killGrace\":\"60s\"}";
    String atOnce = jobs.submit(Jobs.with(Jobs.script(run, "true"), "spec", spec));
    String later = jobs.submit(Jobs.with(Jobs.script(run, "true"), "spec", spec));
    for (String id : List.of(atOnce, later)) {
      jobs.awaitState(id, "RUNNING");
      await().until(() -> jobs.log(id, "stdout").contains("up"));
    }

    api.post("/jobs/" + atOnce + ":cancel", "{\"reason\":\"now\",\"grace\":\"0s\"}").expect(202);
    assertThat(jobs.awaitEnd(atOnce).getString("state")).isEqualTo("CANCELLED");

    api.post("/jobs/" + later + ":cancel", "{\"reason\":\"please\"}").expect(202);
    assertThat(
            api.post("/jobs:cancel?name=" + run, "{\"reason\":\"now\",\"grace\":\"0s\"}")
                .expect(200)
                .json()
                .getInt("requested"))
        .isEqualTo(1);
    JsonObject ended = jobs.awaitEnd(later);
    assertThat(ended.getString("state")).isEqualTo("CANCELLED");
    assertThat(api.post("/jobs/" + later + ":cancel", "{\"grace\":\"2h\"}").expect(400).text())
        .contains("/grace");
  }

  @Test
  void jobs_are_cancelled_by_filter() {
    for (int i = 0; i < 3; i++) {
      jobs.submit(Jobs.with(Jobs.command(run, "true"), "availableAt", "\"2099-01-01T00:00:00Z\""));
    }

    assertThat(api.post("/jobs:cancel?name=" + run, "{}").expect(200).json().getInt("requested"))
        .isEqualTo(3);

    assertThat(api.get("/jobs?name=" + run + "&state=CANCELLED").items()).hasSize(3);
    assertThat(api.post("/jobs:cancel", "{}").expect(400).isProblem()).isTrue();
  }

  @Test
  void exit_codes_decide_about_another_try() {
    String retry =
        "{\"maxAttempts\":3,\"backoff\":\"FIXED\",\"delay\":\"50ms\",\"jitter\":0,\"onExitCodes\":[9]}";
    String tried =
        jobs.submit(
            Jobs.with(Jobs.script(run, "echo try $HODEI_ATTEMPT_NUMBER; exit 9"), "retry", retry));
    String once = jobs.submit(Jobs.with(Jobs.script(run, "exit 8"), "retry", retry));

    JsonObject failed = jobs.awaitEnd(tried);
    assertThat(failed.getInt("failures")).isEqualTo(3);
    assertThat(failed.getInt("exitCode")).isEqualTo(9);
    List<JsonObject> attempts = jobs.attempts(tried);
    assertThat(attempts).extracting(a -> a.getInt("attempt")).containsExactly(1, 2, 3);
    assertThat(api.get("/jobs/" + tried + "/logs?stream=stdout&attempt=2").text())
        .isEqualTo("try 2\n");
    assertThat(jobs.awaitEnd(once).getInt("failures")).isEqualTo(1);
    assertThat(jobs.attempts(once)).hasSize(1);
  }

  @Test
  void each_timeout_ends_the_job_in_its_own_way() {
    String wait =
        jobs.submit(
            Jobs.with(
                Jobs.with(Jobs.command(run, "true"), "requires", "{\"no\":\"where\"}"),
                "timeouts",
                "{\"wait\":\"500ms\"}"));
    String running =
        jobs.submit(Jobs.with(Jobs.command(run, "sleep", "60"), "timeouts", "{\"run\":\"1s\"}"));
    String total =
        jobs.submit(Jobs.with(Jobs.command(run, "sleep", "60"), "timeouts", "{\"total\":\"2s\"}"));

    assertThat(jobs.awaitEnd(wait).getString("state")).isEqualTo("EXPIRED");
    assertThat(jobs.awaitEnd(running).getString("state")).isEqualTo("TIMED_OUT");
    assertThat(jobs.awaitEnd(total).getString("state")).isEqualTo("TIMED_OUT");
    assertThat(jobs.attempts(wait)).isEmpty();
    assertThat(jobs.attempts(running).getFirst().getBoolean("treeEnded")).isTrue();
  }

  @Test
  void a_delayed_job_starts_when_it_is_due() {
    java.time.Instant due = java.time.Instant.now().plusSeconds(4);
    String id = jobs.submit(Jobs.with(Jobs.command(run, "true"), "availableAt", "\"" + due + "\""));

    assertThat(jobs.state(id)).isEqualTo("SCHEDULED");
    assertThat(jobs.reasons(id)).contains("NOT_DUE");

    JsonObject ended = jobs.awaitEnd(id);
    assertThat(java.time.Instant.parse(ended.getString("startedAt"))).isAfterOrEqualTo(due);
  }

  @Test
  void one_slot_begins_with_the_highest_lane_and_takes_the_highest_level_of_each() {
    try (ExtraAgent agent =
        new ExtraAgent(
                run,
                cluster.directory(),
                cluster.node(1).url().toString(),
                cluster.agentTokenFile())
            .with("POOLS", run)
            .with("SLOTS", "1")
            .start()) {
      api.put("/pools/" + run, "{\"placement\":\"LEAST_LOADED\"}");
      String first = jobs.submit(inPool("first", "\"NORMAL\""));
      api.post("/pools/" + run + ":pause", "{\"reason\":\"test\"}").expect(200);
      List<String> ids = new ArrayList<>();
      for (String priority :
          List.of(
              "{\"lane\":\"NORMAL\",\"level\":1}",
              "{\"lane\":\"NORMAL\",\"level\":9}",
              "{\"lane\":\"HIGH\",\"level\":0}",
              "{\"lane\":\"HIGH\",\"level\":7}")) {
        ids.add(jobs.submit(inPool(priority.replaceAll("\\W", ""), priority)));
      }
      assertThat(jobs.reasons(ids.getFirst())).contains("POOL_PAUSED");
      agent.awaitOnline(api);
      api.post("/pools/" + run + ":resume", "{}").expect(200);
      jobs.awaitEnd(first);

      List<String> order =
          ids.stream()
              .map(jobs::awaitEnd)
              .sorted(Comparator.comparing(job -> job.getString("startedAt")))
              .map(job -> job.getString("name"))
              .toList();

      // Lanes share by weight, so where NORMAL gets its turns is not fixed.
      assertThat(order).startsWith("laneHIGHlevel7");
      assertThat(order).containsSubsequence("laneHIGHlevel7", "laneHIGHlevel0");
      assertThat(order).containsSubsequence("laneNORMALlevel9", "laneNORMALlevel1");
    }
  }

  @Test
  void a_paused_pool_keeps_its_jobs_until_it_is_resumed() {
    api.post("/pools/default:pause", "{\"reason\":\"maintenance\"}").expect(200);
    String id;
    try {
      id = jobs.submit(Jobs.command(run, "true"));
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(6))
          .until(() -> jobs.state(id).equals("QUEUED"));
      assertThat(jobs.reasons(id)).contains("POOL_PAUSED");
    } finally {
      api.post("/pools/default:resume", "{}").expect(200);
    }
    assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void an_image_waits_for_an_agent_with_containers_and_explain_says_so() {
    String id =
        api.post(
                "/jobs",
                "{\"name\":\"%s\",\"spec\":{\"image\":\"alpine:3\",\"command\":[\"true\"]}}"
                    .formatted(run))
            .expect(201)
            .json()
            .getString("id");

    JsonObject why = jobs.explain(id);

    assertThat(jobs.get(id).getJsonObject("spec").getString("executor")).isEqualTo("container");
    assertThat(why.getBoolean("waiting")).isTrue();
    assertThat(jobs.reasons(id)).contains("NO_MATCHING_AGENT");
    assertThat(why.toString()).contains("container");
    api.post("/jobs/" + id + ":cancel", "{}");
  }

  @Test
  void an_ended_job_is_deleted_with_its_log_and_a_waiting_one_is_not() {
    String ended = jobs.submit(Jobs.command(run, "echo", "hello"));
    jobs.awaitEnd(ended);
    String waiting =
        jobs.submit(
            Jobs.with(Jobs.command(run, "true"), "availableAt", "\"2099-01-01T00:00:00Z\""));

    api.delete("/jobs/" + ended).expect(204);

    api.get("/jobs/" + ended).expect(404);
    api.get("/jobs/" + ended + "/logs?stream=stdout").expect(404);
    api.delete("/jobs/" + waiting).expect(409);
    api.post("/jobs/" + waiting + ":cancel", "{}").expect(202);
  }

  @Test
  void dead_letters_are_replayed_once_by_the_filter_of_the_list() {
    String failed = jobs.submit(Jobs.command(run, "false"));
    String fine = jobs.submit(Jobs.command(run, "true"));
    jobs.awaitEnd(failed);
    jobs.awaitEnd(fine);

    JsonObject answer = api.post("/jobs:replay?name=" + run, "").expect(200).json();

    assertThat(answer.getInt("replayed")).isEqualTo(1);
    String replayed = jobs.get(failed).getString("replayedAs");
    assertThat(jobs.get(replayed).getString("retryOf")).isEqualTo(failed);
    assertThat(
            api.post(
                    "/jobs:replay?name=" + run + "&to=" + jobs.get(replayed).getString("createdAt"),
                    "")
                .expect(200)
                .json()
                .getInt("replayed"))
        .isZero();
    String retried = api.post("/jobs/" + failed + ":retry", "").expect(201).json().getString("id");
    assertThat(jobs.awaitEnd(retried).getString("retryOf")).isEqualTo(failed);
  }

  @Test
  void a_job_starts_in_an_environment_of_its_own_with_its_input() throws Exception {
    String id =
        jobs.submit(
            Jobs.with(
                Jobs.command(run, "true"),
                "spec",
                "{\"command\":[\"sh\",\"-c\",\"cat; env; pwd\"],\"stdin\":\"aGVsbG8K\",\"environment\":{\"A\":\"b c\"}}"));
    jobs.awaitEnd(id);

    String out = jobs.log(id, "stdout");

    assertThat(out).startsWith("hello\n").contains("A=b c\n").contains("HODEI_JOB_ID=" + id);
    assertThat(out)
        .doesNotContain("HODEI_AGENT_TOKEN")
        .doesNotContain("HODEI_DB")
        .doesNotContain("JAVA_HOME");
    assertThat(out).doesNotContain(Files.readString(cluster.agentTokenFile()).strip());
    assertThat(Path.of(out.strip().lines().toList().getLast())).doesNotExist();
  }

  @Test
  void an_edit_needs_the_version_it_was_made_for() {
    String id =
        jobs.submit(
            Jobs.with(Jobs.command(run, "true"), "availableAt", "\"2099-01-01T00:00:00Z\""));
    String tag = api.get("/jobs/" + id).header("ETag").orElseThrow();
    byte[] edit = "{\"priority\":\"HIGH\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Map<String, String> patch = Jobs.header("Content-Type", "application/merge-patch+json");

    api.send("PATCH", "/jobs/" + id, edit, patch).expect(428);
    Answer edited =
        api.send(
                "PATCH",
                "/jobs/" + id,
                edit,
                Map.of("Content-Type", "application/merge-patch+json", "If-Match", tag))
            .expect(200);
    api.send(
            "PATCH",
            "/jobs/" + id,
            edit,
            Map.of("Content-Type", "application/merge-patch+json", "If-Match", tag))
        .expect(412);

    assertThat(edited.json().getJsonObject("priority").getString("lane")).isEqualTo("HIGH");
    api.get("/jobs/" + id, Jobs.header("If-None-Match", edited.header("ETag").orElseThrow()))
        .expect(304);
    api.post("/jobs/" + id + ":cancel", "{}");
  }

  @Test
  void events_tell_the_life_of_a_job_in_order() throws Exception {
    try (Events stream = Events.of(api.at(cluster.node(2).url()), "/events?topics=job.*")) {
      String id = jobs.submit(Jobs.command(run, "true"));
      jobs.awaitEnd(id);
      List<String> types = new ArrayList<>();
      await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () -> {
                types.clear();
                stream.sofar().stream()
                    .filter(event -> event.data().contains(id))
                    .map(
                        event ->
                            event.data().replaceAll(".*\"type\":\"io.hodei.([a-z.-]+)\".*", "$1"))
                    .forEach(types::add);
                return types.contains("job.ended");
              });
      assertThat(types).containsExactly("job.created", "job.leased", "job.started", "job.ended");
    }
  }

  private JsonObject inPool(String name, String priority) {
    return Jobs.with(
        Jobs.with(Jobs.command(name, "sleep", "0.3"), "pool", "\"" + run + "\""),
        "priority",
        priority);
  }

  private static List<String> names(Answer answer) {
    return answer.items().stream().map(job -> job.getString("name")).toList();
  }
}
