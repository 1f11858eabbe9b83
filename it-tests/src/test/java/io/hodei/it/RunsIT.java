package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hodei.it.testing.Api;
import io.hodei.it.testing.CommandLine;
import io.hodei.it.testing.Dag;
import io.hodei.it.testing.Database;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.Runs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Pipelines that run on a whole system. */
@Order(20)
class RunsIT {
  private static final int DAGS = 50;

  private final Api api = SharedCluster.api();
  private final Runs runs = new Runs(api);
  private final String name = "runs-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void random_graphs_run_in_order_and_end_as_they_must() {
    long seed = new Random().nextInt(1_000_000);
    Random random = new Random(seed);
    Map<String, Dag> started = new LinkedHashMap<>();
    for (int i = 0; i < DAGS; i++) {
      Dag dag = new Dag(name + "-" + i, i % 10 == 0 ? 200 : 30, random);
      runs.apply(dag.name(), dag.document().toString());
      started.put(runs.start(dag.name()), dag);
    }
    started.forEach(
        (id, dag) -> {
          assertThat(runs.awaitEnd(id).getString("state")).as("seed " + seed).isEqualTo(dag.end());
          assertThat(runs.steps(id)).as("seed " + seed).isEqualTo(dag.ends());
        });
    try (Database database = Database.of(SharedCluster.get())) {
      assertThat(Runs.violations(database)).isEmpty();
    }
  }

  @Test
  void people_signals_lists_and_other_pipelines_take_part() {
    runs.apply(
        name + "-child",
        """
        {"name":"%s-child","parameters":[{"name":"n","type":"NUMBER","required":true}],
         "steps":[{"id":"in","job":{"spec":{"command":["sh","-c","echo '{\\"twice\\":${{ params.n * 2.0 }}}' > $HODEI_RESULT_FILE"]}}}]}
        """
            .formatted(name));
    runs.apply(
        name,
        """
        {"name":"%1$s","steps":[
          {"id":"list","job":{"spec":{"command":["sh","-c","echo '{\\"files\\":[\\"a\\",\\"b\\",\\"c\\"]}' > $HODEI_RESULT_FILE"]}}},
          {"id":"each","dependsOn":"list","map":"steps.list.outputs.files","maxParallel":2,
           "job":{"spec":{"command":["sh","-c","echo \\"{\\\\\\"done\\\\\\":\\\\\\"${{ item }}\\\\\\"}\\" > $HODEI_RESULT_FILE"]}}},
          {"id":"ok","dependsOn":"each","approval":{"timeout":"10m"}},
          {"id":"go","dependsOn":"ok","wait":{"signal":"go"}},
          {"id":"call","dependsOn":"go","pipeline":{"name":"%1$s-child","parameters":{"n":21}}},
          {"id":"end","dependsOn":["call","each"],"when":"steps.each.outputs[2].done == 'c'","job":{"spec":{"executor":"noop"}}}]}
        """
            .formatted(name));
    String id = runs.start(name);
    runs.awaitStep(id, "ok", "HELD");
    api.post("/runs/" + id + "/steps/ok:approve", "{}").expect(200);
    runs.awaitStep(id, "go", "HELD");
    api.post("/runs/" + id + ":signal", "{\"name\":\"go\",\"payload\":{\"x\":1}}").expect(200);
    JsonObject run = runs.awaitEnd(id);
    assertThat(runs.steps(id)).as(run.toString()).containsEntry("end", "SUCCEEDED");
    assertThat(run.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(api.get("/runs?parent=" + id).items()).hasSize(1);
    assertThat(api.get("/runs/" + id + "/graph").json().getJsonArray("steps")).hasSize(6);
    assertThat(api.get("/jobs?run=" + id).items())
        .extracting(job -> job.getString("step"))
        .contains("each[1]", "each[3]", "end");
    JsonObject progress = api.get("/runs/" + id + "/progress").expect(200).json();
    assertThat(progress.getJsonArray("criticalPath")).isNotEmpty();
    assertThat(api.get("/audit?limit=100").items())
        .extracting(entry -> entry.getString("action"))
        .contains("run.start", "run.step-approve", "run.signal");
  }

  @Test
  void a_cancelled_run_ends_its_processes_and_runs_its_last_steps() {
    runs.apply(
        name,
        """
        {"name":"%s","steps":[{"id":"long","job":{"spec":{"command":["sleep","600"]}}},
          {"id":"never","dependsOn":"long","job":{"spec":{"executor":"noop"}}}],
         "finally":[{"id":"clean","job":{"spec":{"executor":"noop"}}}]}
        """
            .formatted(name));
    String id = runs.start(name);
    await("it runs")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                api.get("/jobs?run=" + id).items().stream()
                    .anyMatch(job -> job.getString("state").equals("RUNNING")));
    String task = api.get("/jobs?run=" + id).items().getFirst().getString("id");
    api.delete("/jobs/" + task).expect(409);
    api.post("/runs/" + id + ":cancel", "{\"reason\":\"enough\"}").expect(200);
    JsonObject run = runs.awaitEnd(id);
    assertThat(run.getString("state")).isEqualTo("CANCELLED");
    assertThat(run.getString("reason")).isEqualTo("enough");
    assertThat(runs.steps(id))
        .isEqualTo(Map.of("long", "CANCELLED", "never", "CANCELLED", "clean", "SUCCEEDED"));
    assertThat(new Jobs(api).awaitEnd(task).getString("state")).isEqualTo("CANCELLED");
  }

  @Test
  void the_command_follows_a_run_and_repeats_what_failed() throws Exception {
    runs.apply(
        name,
        """
        {"name":"%s","parameters":[{"name":"code","type":"NUMBER","default":0}],
         "steps":[{"id":"a","job":{"spec":{"executor":"noop"}}},
          {"id":"b","dependsOn":"a","job":{"spec":{"command":["sh","-c","exit ${{ int(params.code) }}"]}}}]}
        """
            .formatted(name));
    CommandLine hodei =
        new CommandLine(
            SharedCluster.get().node(2).url().toString(), SharedCluster.get().tokenFile());

    CommandLine.Result good = pipeline(hodei, "--follow");
    assertThat(good.texts()).contains("a SUCCEEDED", "b SUCCEEDED", "run SUCCEEDED");
    assertThat(good.exitCode()).isZero();
    CommandLine.Result bad = pipeline(hodei, "--follow", "-p", "code=3");
    assertThat(bad.exitCode()).isEqualTo(1);
    CommandLine.Result wrong = pipeline(hodei, "-p", "kode=3");
    assertThat(wrong.exitCode()).isEqualTo(2);

    String failed =
        api.get("/runs?state=FAILED&pipeline=" + name).items().getFirst().getString("id");
    JsonObject again =
        api.post("/runs/" + failed + ":rerun", "{\"mode\":\"FAILED\"}").expect(201).json();
    String id = again.getString("id");
    assertThat(runs.awaitEnd(id).getString("state")).isEqualTo("FAILED");
    assertThat(runs.steps(id)).isEqualTo(Map.of("a", "SUCCEEDED", "b", "FAILED"));
    assertThat(api.get("/jobs?run=" + id).items()).hasSize(1);
  }

  private CommandLine.Result pipeline(CommandLine hodei, String... more) throws Exception {
    String[] arguments = new String[more.length + 1];
    arguments[0] = name;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return hodei.run(List.of("pipeline", "run"), arguments);
  }

  @Test
  void bad_values_are_refused_all_at_once_and_nothing_is_made() {
    runs.apply(
        name,
        """
        {"name":"%s","parameters":[{"name":"env","type":"ENUM","values":["test","prod"],"required":true},{"name":"n","type":"NUMBER"}],
         "steps":[{"id":"a","job":{"spec":{"executor":"noop"}}}]}
        """
            .formatted(name));
    JsonObject problem =
        api.post(
                "/pipelines/" + name + "/runs",
                "{\"parameters\":{\"env\":\"x\",\"n\":\"y\",\"z\":1}}")
            .expect(400)
            .json();
    assertThat(problem.getJsonArray("errors")).hasSize(3);
    api.post("/pipelines/" + name + "/runs", "{}").expect(400);
    api.post("/pipelines/no-such-pipeline/runs", "{}").expect(404);
    assertThat(api.get("/runs?pipeline=" + name).items()).isEmpty();
  }
}
