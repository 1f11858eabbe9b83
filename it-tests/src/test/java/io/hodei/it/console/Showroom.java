package io.hodei.it.console;

import static org.awaitility.Awaitility.await;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Something to see on every page, made once. */
record Showroom(String job, String run, String agent, List<Place> places) {
  private static final String COLOURFUL =
      """
      for i in 1 2 3; do
        echo "::group::Step $i"
        printf '\\033[32mcompiled\\033[0m \\033[1mmodule-%s\\033[0m in 1.2 s\\n' $i
        printf '\\033[33mwarning:\\033[0m unused variable \\033[36mcount\\033[0m\\n'
        echo "to stderr $i" >&2
        echo "::endgroup::"
      done
      printf '10%%\\r50%%\\r100%% done\\n'
      printf '\\033[1;31merror:\\033[0m 3 tests failed\\n'
      exit 2
      """;

  /** Uses ever more memory, and CPU with a pause in the middle. */
  private static final String CRUNCH =
      """
      grow() { timeout 4 awk 'BEGIN { for (i = 0; ; i++) { a[i] = i; for (j = 0; j < 400; j++) x += j } }'; }
      grow; sleep 1; grow
      true
      """;

  private static final String PIPELINE =
      """
      {"hodei": 1, "name": "release", "description": "Builds, tests and ships the shop.", "labels": {"team": "pay"}, "failurePolicy": "CONTINUE",
       "parameters": [{"name": "branch", "default": "main", "description": "What to build"}, {"name": "target", "type": "enum", "values": ["staging", "production"], "default": "staging"},
                      {"name": "parallel", "type": "number", "default": 4}, {"name": "dry", "type": "boolean", "default": false, "description": "Ship nothing"}],
       "steps": [
         {"id": "checkout", "job": {"spec": {"shell": "echo cloned"}}},
         {"id": "compile", "dependsOn": "checkout", "job": {"spec": {"shell": "for i in 1 2 3 4 5; do echo compiling $i; done"}}},
         {"id": "lint", "dependsOn": "checkout", "job": {"spec": {"shell": "echo fine"}}},
         {"id": "unit", "dependsOn": "compile", "job": {"spec": {"shell": "echo 412 tests"}}},
         {"id": "integration", "dependsOn": "compile", "allowFailure": true, "job": {"spec": {"shell": "echo could not connect to the bank >&2; exit 1"}}},
         {"id": "shards", "dependsOn": "compile", "matrix": {"shard": ["a", "b", "c"]}, "job": {"spec": {"shell": "echo shard"}}},
         {"id": "image", "dependsOn": ["unit", "lint"], "job": {"spec": {"shell": "echo image"}}},
         {"id": "approve", "dependsOn": ["image", "shards"], "approval": {"message": "Ship it?"}},
         {"id": "deploy", "dependsOn": ["approve"], "job": {"spec": {"shell": "echo deployed"}}}],
       "finally": [{"id": "clean", "job": {"spec": {"shell": "echo cleaned"}}}]}
      """;

  private static final String TEMPLATE =
      """
      {"name": "report", "title": "Monthly report", "description": "Numbers of one month.", "tags": ["finance"],
       "parameters": [{"name": "month", "required": true, "description": "2026-11"}, {"name": "format", "type": "enum", "values": ["pdf", "csv"], "default": "pdf"}],
       "job": {"spec": {"shell": "echo report of {{month}} as {{format}}"}}}
      """;

  /**
   * A page of the console.
   *
   * @param name of its picture
   * @param shows what is there when it is complete
   */
  record Place(String name, String path, String shows) {}

  static Showroom open(Api api) {
    Jobs jobs = new Jobs(api);
    String job =
        jobs.submit(
            Jobs.with(
                Jobs.with(
                    Jobs.script("build-and-test", COLOURFUL),
                    "labels",
                    "{\"team\":\"pay\",\"branch\":\"main\"}"),
                "retry",
                "{\"maxAttempts\":2,\"delay\":\"1s\"}"));
    String crunch = jobs.submit(Jobs.script("train-model", CRUNCH));
    for (int i = 0; i < 24; i++) {
      jobs.submit(
          Jobs.script(
              List.of("nightly-report", "import-orders", "send-invoices", "rebuild-index")
                  .get(i % 4),
              i % 7 == 3 ? "exit 1" : "echo " + i));
    }
    jobs.submit(Jobs.with(Jobs.script("needs-gpu", "true"), "requires", "{\"gpu\":\"a100\"}"));
    put(api, "/pipelines/release", PIPELINE);
    String run = api.post("/pipelines/release/runs", "{}").expect(201).json().getString("id");
    put(api, "/templates/report", TEMPLATE);
    put(api, "/tools/summarise", "{\"command\":[\"cat\"]}");
    put(
        api,
        "/prompts/release-notes",
        "{\"name\":\"release-notes\",\"title\":\"Release notes\",\"tool\":\"summarise\",\"parameters\":[{\"name\":\"version\",\"required\":true}],\"content\":\"Write notes for {{version}}.\"}");
    if (api.get("/schedules/nightly").status() == 404) {
      put(
          api,
          "/schedules/nightly",
          "{\"cron\":\"30 2 * * *\",\"zone\":\"Europe/Madrid\",\"description\":\"The report of the day.\",\"target\":{\"job\":{\"spec\":{\"shell\":\"echo nightly\"}}}}");
    }
    jobs.awaitEnd(job);
    jobs.awaitEnd(crunch);
    await("what " + crunch + " used")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                !api.get("/jobs/" + crunch + "/resources")
                    .expect(200)
                    .json()
                    .getJsonArray("cpuCores")
                    .isEmpty());
    String agent =
        api.get("/agents").expect(200).items().stream()
            .filter(each -> each.getString("name").startsWith("agent-"))
            .findFirst()
            .orElseThrow()
            .getString("id");
    return new Showroom(job, run, agent, places(job, crunch, run, agent));
  }

  /** Creates it, or finds it as it is. */
  static void put(Api api, String path, String document) {
    Answer answer = api.put(path, document);
    if (answer.status() != 200) {
      answer.expect(201);
    }
  }

  private static List<Place> places(String job, String crunch, String run, String agent) {
    return List.of(
        new Place("overview", "/", ".figure"),
        new Place("jobs", "/jobs", "tbody tr.opens"),
        new Place("jobs-filtered", "/jobs?q=state:failed", ".chip"),
        new Place("job", "/jobs/" + job, ".log-row .a-bold"),
        new Place("job-spec", "/jobs/" + job + "?tab=spec", "pre.code"),
        new Place(
            "job-resources", "/jobs/" + crunch + "?tab=resources", "hodei-usage-chart .chart"),
        new Place("job-history", "/jobs/" + job + "?tab=history", "hodei-history > *"),
        new Place("runs", "/runs", "tbody tr.opens"),
        new Place("run", "/runs/" + run, ".dag .node"),
        new Place("run-timeline", "/runs/" + run + "?view=gantt&step=checkout", ".track"),
        new Place("pipelines", "/pipelines", "tbody tr.opens"),
        new Place("pipeline", "/pipelines/release", ".dag .node"),
        new Place("pipeline-grid", "/pipelines/release?tab=grid", ".tower"),
        new Place("pipeline-versions", "/pipelines/release?tab=versions", ".list li"),
        new Place("schedules", "/schedules", "tbody tr.opens"),
        new Place("schedule", "/schedules/nightly", ".calendar"),
        new Place("schedule-coming", "/schedules/nightly?tab=next", "table.simple td"),
        new Place("templates", "/templates", "tbody tr.opens"),
        new Place("template", "/templates/report", ".list li"),
        new Place("prompts", "/prompts", "tbody tr.opens"),
        new Place("prompt", "/prompts/release-notes", "pre.code"),
        new Place("agents", "/agents", "tbody tr.opens"),
        new Place("agent", "/agents/" + agent, ".gauge"),
        new Place("pools", "/pools", ".lanes"),
        new Place("cluster", "/cluster", "table.simple td"),
        new Place("profiles", "/profiles", "table.simple td"),
        new Place("audit", "/audit", "tbody tr.opens"),
        new Place("tokens", "/access", "tbody tr"),
        new Place("tenants", "/tenants", "tbody tr"),
        new Place("nowhere", "/nowhere", ".empty"));
  }

  /** A step of a graph that does nothing. */
  static JsonObject idle(String id, List<String> dependsOn) {
    return Json.createObjectBuilder()
        .add("id", id)
        .add("dependsOn", Json.createArrayBuilder(dependsOn))
        .add(
            "job",
            Json.createObjectBuilder()
                .add("spec", Json.createObjectBuilder().add("executor", "noop")))
        .build();
  }
}
