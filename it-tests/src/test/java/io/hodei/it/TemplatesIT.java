package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.Jobs;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Templates, prompts and tools as clients use them. */
@Order(5)
class TemplatesIT {
  private final Api api = SharedCluster.api();
  private final Jobs jobs = new Jobs(api);
  private final String name = "it-" + UUID.randomUUID().toString().substring(0, 8);

  private static String greeting(String title) {
    return """
    {"title":"%s","tags":["greeting"],"parameters":[{"name":"who","required":true}],
     "job":{"spec":{"shell":"echo hello {{who}}"}}}
    """
        .formatted(title);
  }

  @Test
  void a_template_makes_jobs_that_name_it() {
    api.put("/templates/" + name, greeting("Greets")).expect(201);
    String body = "{\"parameters\":{\"who\":\"it's $(id) {{who}}\"}}";

    JsonObject preview = api.post("/templates/" + name + ":preview", body).expect(200).json();
    Map<String, String> key = Map.of("Idempotency-Key", name);
    Answer first = api.post("/templates/" + name + ":run", body, key).expect(201);
    Answer second = api.post("/templates/" + name + ":run", body, key).expect(201);
    String id = first.json().getString("id");

    assertThat(second.json().getString("id")).isEqualTo(id);
    assertThat(first.header("Location")).contains("/api/v1/jobs/" + id);
    assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED");
    assertThat(jobs.log(id, "stdout")).isEqualTo("hello it's $(id) {{who}}\n");
    assertThat(api.get("/jobs?label=hodei.template:" + name).expect(200).items())
        .extracting(job -> job.getString("id"))
        .containsExactly(id);
    assertThat(api.post("/jobs", preview.toString()).expect(201).json().getJsonObject("spec"))
        .isEqualTo(first.json().getJsonObject("spec"));
  }

  @Test
  void versions_are_kept_and_compared() {
    String path = "/templates/" + name;
    api.put(path, greeting("one")).expect(201);
    Answer same = api.put(path, greeting("one")).expect(200);
    Answer changed = api.put(path, greeting("two")).expect(200);

    assertThat(same.json().getString("outcome")).isEqualTo("UNCHANGED");
    assertThat(changed.header("ETag")).contains("\"v2\"");
    api.get(path, Map.of("If-None-Match", "\"v2\"")).expect(304);
    assertThat(api.get(path + "/versions").expect(200).items()).hasSize(2);
    assertThat(api.get(path + "/versions/1").expect(200).text()).contains("\"one\"");
    assertThat(api.get(path + "/diff?from=1").expect(200).text())
        .contains("-  \\\"title\\\": \\\"one\\\",")
        .contains("+  \\\"title\\\": \\\"two\\\",");
    assertThat(api.get("/templates?tag=greeting&q=two&name=" + name).expect(200).items())
        .hasSize(1);
    assertThat(api.get("/audit?action=template.apply&target=" + name).expect(200).items())
        .hasSize(2);
    assertThat(put(path, greeting("three"), Map.of("If-Match", "\"v1\"")).expect(412).isProblem())
        .isTrue();
    api.delete(path).expect(204);
    api.get(path).expect(404);
  }

  private Answer put(String path, String body, Map<String, String> headers) {
    return api.send("PUT", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  @Test
  void a_prompt_goes_to_the_standard_input_of_its_tool() {
    String prompt =
        "{\"tool\":\"%s\",\"parameters\":[{\"name\":\"t\"}],\"content\":\"Sum up: {{t}}\"}"
            .formatted(name);
    api.put("/prompts/" + name, prompt).expect(201);
    String body = "{\"parameters\":{\"t\":\"a\\nb\"}}";
    Answer early = api.post("/prompts/" + name + ":run", body).expect(409);
    assertThat(early.isProblem()).isTrue();
    assertThat(early.text()).contains("hodei tool set " + name);

    api.put("/tools/" + name, "{\"command\":[\"tr\",\"a-z\",\"A-Z\"]}").expect(201);
    String id = api.post("/prompts/" + name + ":run", body).expect(201).json().getString("id");

    assertThat(jobs.awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED");
    assertThat(jobs.log(id, "stdout")).isEqualTo("SUM UP: A\nB");
    api.delete("/tools/" + name).expect(204);
  }

  @Test
  void an_import_says_what_became_of_each_and_comes_out_again() {
    Api other = otherTenant();
    String good = "{\"name\":\"a\",\"job\":{\"spec\":{\"shell\":\"true\"}}}";
    String lines = good + "\n{\"name\":\"b\"}\nnonsense\n" + good + "\n";
    Map<String, String> ndjson = Map.of("Content-Type", "application/x-ndjson");

    JsonObject result = other.post("/templates:import", lines, ndjson).expect(200).json();

    assertThat(result.getInt("created")).isEqualTo(1);
    assertThat(result.getInt("refused")).isEqualTo(3);
    assertThat(result.getJsonArray("items").getJsonObject(1).toString()).contains("/job");
    String exported = other.get("/templates:export").expect(200).text();
    assertThat(exported).isEqualTo(good + "\n");
    assertThat(other.post("/templates:import", exported, ndjson).json().getInt("unchanged"))
        .isEqualTo(1);
    assertThat(other.post("/templates:import", (good + "\n").repeat(1_001), ndjson).status())
        .isEqualTo(413);
    assertThat(api.get("/templates?name=a").expect(200).items()).isEmpty();
  }

  @Test
  void what_is_wrong_is_named_and_nothing_is_made() {
    api.put("/templates/" + name, greeting("Greets")).expect(201);
    String run = "/templates/" + name + ":run";
    for (List<String> wrong :
        List.of(
            List.of("{}", "/parameters/who"),
            List.of("{\"parameters\":{\"who\":5}}", "/parameters/who"),
            List.of("{\"parameters\":{\"who\":\"x\",\"x\":1}}", "/parameters/x"),
            List.of("{\"parameters\":[]}", "/parameters"),
            List.of("{\"parameters\":{\"who\":\"x\"},\"priority\":\"URGENT\"}", "/priority"),
            List.of("{\"version\":0}", "/version"))) {
      Answer answer = api.post(run, wrong.getFirst()).expect(400);
      assertThat(answer.isProblem()).isTrue();
      assertThat(answer.text()).contains("\"pointer\":\"" + wrong.getLast() + "\"");
    }
    Answer unsafe =
        api.put(
                "/templates/" + name + "x",
                "{\"parameters\":[{\"name\":\"a\"}],\"job\":{\"spec\":{\"shell\":\"echo '{{a}}'\"}}}")
            .expect(400);
    assertThat(unsafe.text()).contains("/job/spec/shell");
    api.get("/templates/" + name + "x").expect(404);
    assertThat(api.get("/jobs?label=hodei.template:" + name).expect(200).items()).isEmpty();
  }

  @Test
  void only_administrators_say_what_tools_are() {
    String token =
        api.post("/tokens", "{\"name\":\"%s\",\"role\":\"SUBMITTER\"}".formatted(name))
            .expect(201)
            .json()
            .getString("token");
    Api submitter = api.as(token);

    submitter.get("/tools").expect(200);
    submitter.put("/tools/" + name, "{\"command\":[\"cat\"]}").expect(403);
    submitter.put("/templates/" + name, greeting("Greets")).expect(201);
    otherTenant().get("/templates/" + name).expect(404);
  }

  private Api otherTenant() {
    return api.as(
        api.post("/tenants", "{\"name\":\"t-%s\"}".formatted(UUID.randomUUID()))
            .expect(201)
            .json()
            .getString("adminToken"));
  }
}
