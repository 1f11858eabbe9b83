package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.CommandLine;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schedules from outside: what was announced is what happens. */
class SchedulesIT {
  private static final String NOOP = "{\"job\":{\"spec\":{\"executor\":\"noop\"}}}";

  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();
  private final Jobs jobs = new Jobs(api);
  private final String name = "s-" + UUID.randomUUID().toString().substring(0, 8);
  private final String path = "/schedules/" + name;

  @AfterEach
  void remove() {
    api.delete(path);
  }

  private JsonObject create(String members, String target) {
    return api.post(
            "/schedules",
            "{\"name\":\"%s\",%s,\"target\":%s}"
                .formatted(name, members.replace('\'', '"'), target))
        .expect(201)
        .json();
  }

  /** The oldest first. */
  private List<JsonObject> firings() {
    return api.get(path + "/firings?limit=500").expect(200).items().reversed();
  }

  private static String shell(String script) {
    return "{\"job\":{\"spec\":{\"command\":[\"sh\",\"-c\",\"%s\"]}}}".formatted(script);
  }

  private static List<String> texts(List<JsonObject> items, String member) {
    return items.stream().map(item -> item.getString(member)).toList();
  }

  private static <T> T awaited(String what, Supplier<T> value, java.util.function.Predicate<T> is) {
    return await(what)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(value::get, is);
  }

  @Test
  void every_second_fires_as_announced_and_each_tick_is_one_job() {
    create("'cron':'* * * * * *','overlap':'ALLOW_ALL'", NOOP);
    awaited("ten ticks", this::firings, found -> found.size() >= 10);
    api.post(path + ":pause", "{\"reason\":\"enough\"}").expect(200);

    List<JsonObject> fired = firings();
    String first = fired.getFirst().getString("tick");
    String behind = Instant.parse(fired.getLast().getString("tick")).plusMillis(1).toString();
    Answer preview =
        api.get(path + "/preview?limit=1000&from=%s&to=%s".formatted(first, behind)).expect(200);
    assertThat(texts(fired, "tick")).isEqualTo(texts(preview.items(), "tick"));
    assertThat(texts(fired, "job")).doesNotHaveDuplicates();
    List<JsonObject> made =
        api.get("/jobs?limit=500&fields=id&label=hodei/schedule:" + name).expect(200).items();
    assertThat(texts(made, "id")).containsExactlyInAnyOrderElementsOf(texts(fired, "job"));
    awaited(
        "all ended",
        this::firings,
        found -> texts(found, "state").stream().allMatch("SUCCEEDED"::equals));
  }

  @Test
  void what_is_paused_fires_nothing_and_goes_on_when_resumed() {
    create("'cron':'* * * * * *','overlap':'ALLOW_ALL'", NOOP);
    awaited("a tick", this::firings, found -> !found.isEmpty());
    JsonObject paused = api.post(path + ":pause", "{\"reason\":\"repair\"}").expect(200).json();
    assertThat(paused.getString("state")).isEqualTo("PAUSED");
    assertThat(paused.getString("reason")).isEqualTo("repair");
    assertThat(paused.containsKey("nextRunAt")).isFalse();
    int before = firings().size();
    // Only the passing of time can show that nothing happens in it.
    Instant later = Instant.now().plusSeconds(3);
    await().atMost(Duration.ofSeconds(5)).until(() -> Instant.now().isAfter(later));
    assertThat(firings()).hasSize(before);

    api.post(path + ":resume", "").expect(200);

    awaited("more ticks", this::firings, found -> found.size() > before);
  }

  @Test
  void a_tick_beside_a_running_job_is_skipped() {
    create("'cron':'* * * * * *'", shell("sleep 600"));
    List<JsonObject> fired = awaited("a skip", this::firings, found -> found.size() >= 3);
    api.post(path + ":pause", "").expect(200);

    assertThat(texts(fired, "state").subList(0, 3))
        .containsExactly("STARTED", "SKIPPED", "SKIPPED");
    assertThat(fired.get(1).getString("reason")).isEqualTo("the job before it still runs");

    String job = fired.getFirst().getString("job");
    api.post("/jobs/" + job + ":cancel", "").expect(202);
    awaited(
        "the end is known",
        this::firings,
        found -> found.getFirst().getString("state").equals("CANCELLED"));
  }

  @Test
  void a_tick_starts_a_run_and_takes_over_how_it_ended() {
    api.put(
            "/pipelines/" + name,
            "{\"name\":\"%s\",\"parameters\":[{\"name\":\"tick\"}],\"steps\":[{\"id\":\"a\",\"job\":{\"spec\":{\"executor\":\"noop\"}}}]}"
                .formatted(name))
        .expect(201);
    create(
        "'cron':'* * * * * *','tickVariable':'tick'",
        "{\"pipeline\":{\"name\":\"%s\"}}".formatted(name));

    List<JsonObject> fired =
        awaited(
            "a run that ended",
            this::firings,
            found -> texts(found, "state").contains("SUCCEEDED"));
    JsonObject first = fired.getFirst();
    JsonObject run = api.get("/runs/" + first.getString("run")).expect(200).json();
    assertThat(run.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(Instant.parse(run.getJsonObject("parameters").getString("tick")))
        .isEqualTo(Instant.parse(first.getString("tick")));
  }

  @Test
  void a_past_week_is_filled_and_each_job_knows_its_tick() {
    create("'cron':'@daily','tickVariable':'TICK'", shell("echo $TICK"));
    Instant to = Instant.now().truncatedTo(ChronoUnit.DAYS).plusMillis(1);
    Instant from = to.minus(Duration.ofDays(5));
    JsonObject backfill =
        api.post(
                path + ":backfill",
                "{\"from\":\"%s\",\"to\":\"%s\",\"concurrency\":2}".formatted(from, to))
            .expect(201)
            .json();
    assertThat(backfill.getInt("total")).isEqualTo(5);

    JsonObject ended =
        awaited(
            "the backfill",
            () -> api.get("/backfills/" + backfill.getString("id")).expect(200).json(),
            now -> !now.getString("state").equals("RUNNING"));

    assertThat(ended.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(ended.getInt("succeeded")).isEqualTo(5);
    assertThat(ended.getJsonNumber("progress").doubleValue()).isEqualTo(1.0);
    for (JsonObject firing : firings()) {
      String log = jobs.log(firing.getString("job"), "stdout").strip();
      assertThat(Instant.parse(log)).isEqualTo(Instant.parse(firing.getString("tick")));
    }
  }

  @Test
  void a_freeze_holds_all_schedules_until_it_is_lifted() {
    String freeze =
        api.post("/freezes", "{\"reason\":\"upgrade\"}").expect(201).json().getString("id");
    try {
      create("'cron':'* * * * * *','overlap':'ALLOW_ALL'", NOOP);
      List<JsonObject> held = awaited("held ticks", this::firings, found -> found.size() >= 2);
      assertThat(texts(held, "state")).containsOnly("SKIPPED");
      assertThat(texts(held, "reason")).containsOnly("frozen: upgrade");
      assertThat(texts(api.get("/freezes").expect(200).items(), "id")).contains(freeze);
      assertThat(api.get(path + "/preview?limit=3").expect(200).items())
          .allMatch(tick -> tick.getJsonArray("flags").toString().contains("FREEZE"));
    } finally {
      api.delete("/freezes/" + freeze).expect(204);
    }
    awaited(
        "a job",
        this::firings,
        found -> found.stream().anyMatch(firing -> firing.containsKey("job")));
  }

  @Test
  void a_holiday_from_a_calendar_file_is_seen_in_the_preview() {
    String calendar = "c-" + name;
    api.send(
            "POST",
            "/calendars/" + calendar + ":import",
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20281225\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Jobs.header("Content-Type", "text/calendar"))
        .expect(200);
    create(
        "'cron':'0 9 * * *','zone':'Europe/Berlin','calendars':{'exclude':['%s']}"
            .formatted(calendar),
        NOOP);

    List<JsonObject> ticks =
        api.get(path + "/preview?from=2028-12-24T00:00:00Z&to=2028-12-27T00:00:00Z")
            .expect(200)
            .items();

    assertThat(ticks)
        .extracting(tick -> tick.getBoolean("fires"))
        .containsExactly(true, false, true);
    assertThat(api.delete("/calendars/" + calendar).status()).isEqualTo(409);
    api.delete(path).expect(204);
    api.delete("/calendars/" + calendar).expect(204);
  }

  @Test
  void what_is_wrong_is_refused_with_its_place_and_nothing_is_made() {
    Answer answer =
        api.post(
            "/schedules",
            "{\"name\":\"%s\",\"cron\":\"99 * * * *\",\"zone\":\"Nowhere\",\"target\":{\"job\":{}}}"
                .formatted(name));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.isProblem()).isTrue();
    assertThat(texts(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class), "pointer"))
        .containsExactlyInAnyOrder("/cron", "/zone", "/target/job/spec");
    assertThat(api.get(path).status()).isEqualTo(404);
    create("'cron':'@daily'", NOOP);
    assertThat(
            api.send(
                    "PATCH",
                    path,
                    "{\"cron\":\"@hourly\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    java.util.Map.of("Content-Type", "application/json"))
                .status())
        .isEqualTo(428);
  }

  @Test
  void the_command_makes_runs_and_removes_a_schedule() throws Exception {
    CommandLine hodei = new CommandLine(cluster.node(1).url().toString(), cluster.tokenFile());

    assertThat(
            command(
                    hodei,
                    "create",
                    name,
                    "--cron",
                    "0 3 * * SUN",
                    "--zone",
                    "Africa/Cairo",
                    "-o",
                    "id",
                    "--",
                    "true")
                .texts())
        .containsExactly(name);
    String job = command(hodei, "run", name, "-o", "id").texts().getFirst();

    assertThat(jobs.awaitEnd(job).getString("state")).isEqualTo("SUCCEEDED");
    assertThat(command(hodei, "preview", name, "--limit", "4", "-o", "id").texts()).hasSize(4);
    assertThat(command(hodei, "rm", name).exitCode()).isZero();
    assertThat(command(hodei, "get", name).exitCode()).isEqualTo(4);
  }

  private static CommandLine.Result command(CommandLine hodei, String verb, String... rest)
      throws Exception {
    return hodei.run(List.of("schedule", verb), rest);
  }
}
