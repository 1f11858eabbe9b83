package io.hodei.it.testing;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts runs and waits for what becomes of them. */
public record Runs(Api api) {
  private static final Set<String> TERMINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Stores a pipeline. */
  public void apply(String name, String document) {
    Answer answer = api.put("/pipelines/" + name, document);
    if (answer.status() / 100 != 2) {
      throw new AssertionError(answer.toString());
    }
  }

  /** The id of a run that was started. */
  public String start(String pipeline) {
    return start(pipeline, "{}");
  }

  public String start(String pipeline, String body) {
    return api.post("/pipelines/" + pipeline + "/runs", body).expect(201).json().getString("id");
  }

  public JsonObject get(String id) {
    return api.get("/runs/" + id).expect(200).json();
  }

  public JsonObject awaitEnd(String id) {
    return await("run " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> get(id), run -> TERMINAL.contains(run.getString("state")));
  }

  /** Waits until a step has a state. */
  public void awaitStep(String id, String step, String state) {
    await("step " + step + " of run " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> steps(id).getOrDefault(step, "").equals(state));
  }

  /** The states of its steps, without instances, by their ids. */
  public Map<String, String> steps(String id) {
    Map<String, String> states = new LinkedHashMap<>();
    String cursor = "";
    do {
      Answer page = api.get("/runs/" + id + "/steps?limit=500" + cursor).expect(200);
      for (JsonObject step : page.items()) {
        if (!step.getString("step").endsWith("]")) {
          states.put(step.getString("step"), step.getString("state"));
        }
      }
      cursor = page.json().getString("nextCursor", "");
      cursor = cursor.isEmpty() ? "" : "&cursor=" + cursor;
    } while (!cursor.isEmpty());
    return states;
  }

  /**
   * What must hold of all runs in a database, whatever happened: no step began before what it
   * depends on had ended, and no step was done twice.
   */
  public static List<String> violations(Database database) {
    List<String> found =
        new java.util.ArrayList<>(
            database.texts(
                """
                select 'began too early:', c.run_id, p.name, p.ended_at, c.name, j.created_at
                  from runs r
                  join pipeline_edges e on e.version_id = r.version_id
                  join run_steps p on p.run_id = r.id and p.step = e.parent and p.instance = 0
                  join run_steps c on c.run_id = r.id and c.step = e.child
                  join jobs j on j.id = c.job_id
                 where p.ended_at is null or j.created_at < p.ended_at
                 limit 20
                """));
    found.addAll(
        database.texts(
            """
            select 'started too early:', c.run_id, pj.step, cj.step
              from runs r
              join pipeline_edges e on e.version_id = r.version_id
              join run_steps p on p.run_id = r.id and p.step = e.parent
              join run_steps c on c.run_id = r.id and c.step = e.child
              join jobs pj on pj.id = p.job_id
              join jobs cj on cj.id = c.job_id
             where cj.started_at < pj.completed_at
             limit 20
            """));
    found.addAll(
        database.texts(
            "select 'done twice:', run_id, step, count(*) from jobs where run_id is not null group by run_id, step having count(*) > 1 limit 20"));
    found.addAll(
        database.texts(
            "select 'accepted twice:', j.run_id, j.step from attempts a join jobs j on j.id = a.job_id where j.run_id is not null and a.state in ('SUCCEEDED', 'FAILED') group by j.run_id, j.step having count(*) > 1 limit 20"));
    found.addAll(
        database.texts(
            "select 'counted wrong:', r.id, r.ended, count(*) from runs r join run_steps s on s.run_id = r.id and s.instance = 0 and s.ended_at is not null group by r.id having r.ended <> count(*) limit 20"));
    return found;
  }
}
