package io.hodei.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.dev.DevCluster;
import io.hodei.it.testing.Answer;
import io.hodei.it.testing.Api;
import io.hodei.it.testing.CommandLine;
import io.hodei.it.testing.SharedCluster;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines as definitions: the same file through the command and through REST. */
@Order(4)
class PipelinesIT {
  private static final Map<String, String> YAML = Map.of("Content-Type", "application/yaml");

  private final DevCluster cluster = SharedCluster.get();
  private final Api api = SharedCluster.api();
  private final String name = "p-" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir private Path directory = Path.of("");

  private String document(int count) {
    return """
        name: %s
        parameters:
        - {name: count, type: number, default: %d}
        steps:
        - id: build
          job: {spec: {executor: noop}}
        - id: test
          dependsOn: build
          when: steps.build.state == "SUCCEEDED" && params.count > 1
          job:
            spec:
              shell: |
                echo ${{ params.count }}
                echo done
        """
        .formatted(name, count);
  }

  private Answer put(String document, String query) {
    return api.send(
        "PUT", "/pipelines/" + name + query, document.getBytes(StandardCharsets.UTF_8), YAML);
  }

  private CommandLine.Result cli(String verb, String... arguments)
      throws IOException, InterruptedException {
    Path token = Files.writeString(directory.resolve("token"), api.token());
    return new CommandLine(cluster.node(1).url().toString(), token)
        .run(List.of("pipeline", verb), arguments);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("pipeline.yaml"), text);
  }

  @Test
  void a_document_becomes_a_version_once() {
    Answer created = put(document(3), "").expect(201);
    assertThat(created.header("Location").orElseThrow()).endsWith("/api/v1/pipelines/" + name);
    assertThat(created.json().getInt("version")).isEqualTo(1);
    assertThat(put(document(3), "").expect(200).json().getBoolean("unchanged")).isTrue();

    JsonObject planned = put(document(4), "?dryRun=true").expect(200).json();
    assertThat(planned.getString("outcome")).isEqualTo("UPDATED");
    assertThat(api.get("/pipelines/" + name).json().getInt("version")).isEqualTo(1);

    JsonObject changed = put(document(4), "").expect(200).json();
    assertThat(changed.getInt("version")).isEqualTo(2);
    assertThat(changed.getJsonArray("changes").getJsonObject(0).getString("place"))
        .isEqualTo("parameters/count");
    assertThat(put(document(3), "").expect(200).json().getInt("version")).isEqualTo(1);
    assertThat(api.get("/pipelines/" + name + "/versions").items()).hasSize(2);
    Answer diff = api.get("/pipelines/" + name + "/diff?from=1&to=2").expect(200);
    assertThat(diff.text()).contains("-  default: 3").contains("+  default: 4");
  }

  @Test
  void who_changes_an_old_copy_is_told() {
    String tag = put(document(3), "").expect(201).header("ETag").orElseThrow();
    put(document(4), "").expect(200);
    Answer stale =
        api.send(
            "PUT",
            "/pipelines/" + name,
            document(5).getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", "application/yaml", "If-Match", tag));
    assertThat(stale.expect(412).isProblem()).isTrue();
    api.delete("/pipelines/" + name).expect(204);
    api.get("/pipelines/" + name).expect(404);
  }

  @Test
  void the_command_lints_plans_applies_and_exports() throws Exception {
    Path file = file(document(3));
    assertThat(cli("lint", file.toString()).exitCode()).isZero();
    CommandLine.Result plan = cli("apply", "--plan", file.toString());
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.texts()).contains("+ steps/build added");
    api.get("/pipelines/" + name).expect(404);
    assertThat(cli("apply", file.toString()).exitCode()).isZero();
    CommandLine.Result again = cli("apply", "--plan", file.toString());
    assertThat(again.exitCode()).isZero();
    assertThat(again.texts()).isEmpty();

    List<String> exported = cli("export", name).texts();
    file(String.join("\n", exported) + "\n");
    assertThat(cli("apply", file.toString()).texts()).isEmpty();
    assertThat(cli("export", name).texts()).isEqualTo(exported);
    assertThat(cli("ls", "-o", "id", "--name", name).texts()).containsExactly(name);
    assertThat(cli("get", "-o", "yaml", name).texts()).anyMatch(l -> l.contains("steps: 2"));
    assertThat(cli("versions", "-o", "id", name).texts()).containsExactly("1");
  }

  @Test
  void mistakes_have_a_line_and_a_column_and_nothing_is_made() throws Exception {
    Map<String, String> mistakes =
        Map.of(
            "name: " + name + "\nsteps:\n- id: a\n  dependsOn: b\n  wait: {for: 1s}\n",
            ":4:14: /steps/0/dependsOn there is no step b",
            "name: " + name + "\nsteps:\n- id: a\n  when: params.x\n  wait: {for: 1s}\n",
            ":4:9: /steps/0/when there is no parameter x",
            "name: " + name + "\nsteps: [\n",
            ":3:1: ",
            "name: " + name + "\nname: b\n",
            ":2:1: /name the key \"name\" is there twice");
    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      Answer refused = put(mistake.getKey(), "").expect(400);
      assertThat(refused.isProblem()).isTrue();
      JsonObject first = refused.json().getJsonArray("errors").getJsonObject(0);
      assertThat(first.getInt("line")).isPositive();
      CommandLine.Result linted = cli("lint", file(mistake.getKey()).toString());
      assertThat(linted.exitCode()).isEqualTo(2);
      assertThat(linted.texts().getFirst()).contains("pipeline.yaml" + mistake.getValue());
      assertThat(cli("apply", file(mistake.getKey()).toString()).exitCode()).isEqualTo(2);
    }
    api.get("/pipelines/" + name).expect(404);
  }

  @Test
  void another_tenant_sees_nothing() {
    put(document(3), "").expect(201);
    Answer tenant = api.post("/tenants", "{\"name\":\"%s\"}".formatted(name)).expect(201);
    Api other = api.as(tenant.json().getString("adminToken"));
    other.get("/pipelines/" + name).expect(404);
    assertThat(other.get("/pipelines").expect(200).items()).isEmpty();
    other.delete("/pipelines/" + name).expect(404);
    other.get("/pipelines/" + name + "/diff?from=1").expect(404);
  }

  @Test
  void the_schema_is_served() {
    Answer schema = api.get("/schemas/pipeline.json", Map.of("Accept", "*/*")).expect(200);
    assertThat(schema.json().getString("$schema")).contains("2020-12");
  }
}
