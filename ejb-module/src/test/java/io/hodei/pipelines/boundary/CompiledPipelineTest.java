package io.hodei.pipelines.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonWriter;
import io.hodei.pipelines.entity.ExpressionFailed;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.StepValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompiledPipelineTest {
  private static final CompiledPipeline PIPELINE =
      CompiledPipeline.of(
          """
          {"name":"p","parameters":[{"name":"n","type":"number"},{"name":"who"}],
           "defaults":{"labels":{"by":"${{ params.who }}"}},
           "steps":[
            {"id":"a","job":{"spec":{"command":["x"]}}},
            {"id":"b","dependsOn":["a"],"when":"steps.a.outputs.ok == true","map":"steps.a.outputs.files",
             "job":{"spec":{"command":["cat","${{ item }}","${{ params.n }}","n=${{ params.n * 2 }} $${{ x }}"],
                            "environment":{"ALL":"${{ steps.a.outputs.files }}","N":"${{ params.n }}"}},
                    "logLimitBytes":"${{ params.n }}"}},
            {"id":"c","dependsOn":["b"],"pipeline":{"name":"q","parameters":{"n":"${{ params.n }}","files":"${{ steps.a.outputs.files }}"}}},
            {"id":"d","wait":{"event":"x","where":"event.id == '7'"}}]}
          """);

  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Scope scope(@Nullable Json item) {
    return new Scope(
        Map.of("n", json("5"), "who", json("\"ada\"")),
        Map.of("a", new StepValue("SUCCEEDED", json("{\"ok\":true,\"files\":[\"f\",2]}"))),
        Map.of(),
        item,
        Map.of(),
        null);
  }

  private static String text(Json json) {
    return new JsonWriter().value(json).toString();
  }

  @Test
  void a_job_is_filled_as_its_places_want_it() {
    Json.Obj body = PIPELINE.fill(1, scope(json("\"f\"")));
    assertThat(text(body))
        .contains("\"command\":[\"cat\",\"f\",\"5\",\"n=10 ${{ x }}\"]")
        .contains("\"environment\":{\"ALL\":\"[\\\"f\\\",2]\",\"N\":\"5\"}")
        .contains("\"logLimitBytes\":5")
        .contains("\"labels\":{\"by\":\"ada\"}");
    Map<String, Json> named = new LinkedHashMap<>(body.members());
    named.put("name", new Json.Text("b[0]"));
    assertThat(JobInput.read(new Json.Obj(named)).spec().environment()).containsEntry("N", "5");
  }

  @Test
  void parameters_keep_the_types_of_their_values() {
    assertThat(text(PIPELINE.fill(2, scope(null)))).isEqualTo("{\"n\":5,\"files\":[\"f\",2]}");
  }

  @Test
  void conditions_maps_and_events_are_evaluated() {
    assertThat(PIPELINE.when(0, scope(null))).isTrue();
    assertThat(PIPELINE.when(1, scope(null))).isTrue();
    assertThat(PIPELINE.map(1, scope(null)))
        .isEqualTo(List.of(new Json.Text("f"), new Json.Num("2")));
    assertThat(PIPELINE.matches(3, json("{\"id\":\"7\"}"))).isTrue();
    assertThat(PIPELINE.matches(3, json("{\"id\":\"8\"}"))).isFalse();
  }

  @Test
  void a_step_says_which_steps_its_expressions_need() {
    assertThat(PIPELINE.uses(0)).isEmpty();
    assertThat(PIPELINE.uses(1)).containsExactly(0);
    assertThat(PIPELINE.uses(2)).containsExactly(0);
    assertThat(PIPELINE.position("c")).isEqualTo(2);
    assertThat(PIPELINE.place(2)).isEqualTo("/steps/2");
  }

  @Test
  void what_cannot_be_evaluated_fails_with_its_place() {
    Scope empty =
        new Scope(
            Map.of(),
            Map.of("a", new StepValue("SUCCEEDED", Json.Null.INSTANCE)),
            Map.of(),
            null,
            Map.of(),
            null);
    assertThatThrownBy(() -> PIPELINE.when(1, empty))
        .isInstanceOf(ExpressionFailed.class)
        .hasMessageContaining("/steps/1/when");
    assertThatThrownBy(() -> PIPELINE.fill(2, empty))
        .isInstanceOf(ExpressionFailed.class)
        .hasMessageContaining("/steps/2/pipeline/parameters/n");
    assertThatThrownBy(() -> PIPELINE.matches(3, json("{}"))).isInstanceOf(ExpressionFailed.class);
  }
}
