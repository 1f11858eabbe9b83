package io.hodei.it.testing;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Submits jobs and waits for what becomes of them. */
public record Jobs(Api api) {
  public static final Set<String> TERMINAL =
      Set.of("SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "EXPIRED");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A job of argv. */
  public static JsonObject command(String name, String... argv) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("spec", Json.createObjectBuilder().add("command", array(argv)))
        .build();
  }

  /** A job of a script for {@code sh -c}. */
  public static JsonObject script(String name, String script) {
    return command(name, "sh", "-c", script);
  }

  /** The same with a member replaced; the value is JSON text. */
  public static JsonObject with(JsonObject job, String member, String json) {
    return Json.createObjectBuilder(job).add(member, json(json)).build();
  }

  /** The id of a job that was taken in. */
  public String submit(JsonObject job) {
    return api.post("/jobs", job.toString()).expect(201).json().getString("id");
  }

  public JsonObject get(String id) {
    return api.get("/jobs/" + id).expect(200).json();
  }

  public String state(String id) {
    return get(id).getString("state");
  }

  /** The job when it has ended. */
  public JsonObject awaitEnd(String id) {
    return awaitJob(id, job -> TERMINAL.contains(job.getString("state")));
  }

  public JsonObject awaitState(String id, String state) {
    return awaitJob(id, job -> job.getString("state").equals(state));
  }

  public JsonObject awaitJob(String id, Predicate<JsonObject> condition) {
    return await("job " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get(id), condition);
  }

  public List<JsonObject> attempts(String id) {
    return api.get("/jobs/" + id + "/attempts").expect(200).items();
  }

  public String log(String id, String stream) {
    return api.get("/jobs/" + id + "/logs?stream=" + stream).expect(200).text();
  }

  public JsonObject explain(String id) {
    return api.get("/jobs/" + id + "/explain").expect(200).json();
  }

  /** The codes of the reasons why it waits. */
  public List<String> reasons(String id) {
    return explain(id).getJsonArray("reasons").getValuesAs(JsonObject.class).stream()
        .map(reason -> reason.getString("code"))
        .toList();
  }

  private static JsonArrayBuilder array(String... values) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    List.of(values).forEach(array::add);
    return array;
  }

  private static jakarta.json.JsonValue json(String text) {
    try (var reader = Json.createReader(new java.io.StringReader("[" + text + "]"))) {
      return reader.readArray().getFirst();
    }
  }

  /** For a header map of one entry. */
  public static Map<String, String> header(String name, String value) {
    return Map.of(name, value);
  }
}
