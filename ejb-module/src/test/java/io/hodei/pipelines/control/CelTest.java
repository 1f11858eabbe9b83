package io.hodei.pipelines.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.json.Json;
import io.hodei.json.JsonReader;
import io.hodei.json.JsonWriter;
import io.hodei.parameters.Parameter;
import io.hodei.pipelines.entity.ExpressionFailed;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.StepValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelTest {
  private static final List<Parameter> PARAMETERS =
      List.of(
          parameter("count", Parameter.Type.NUMBER),
          parameter("name", Parameter.Type.STRING),
          parameter("fast", Parameter.Type.BOOLEAN),
          parameter("missing", Parameter.Type.STRING));
  private static final Cel CEL = new Cel(PARAMETERS);
  private static final Scope SCOPE =
      new Scope(
          Map.of("count", json("3"), "name", json("\"Ada\""), "fast", json("true")),
          Map.of(
              "build", new StepValue("SUCCEEDED", json("{\"files\":[1,2,30],\"ratio\":1.5}")),
              "unit-test", new StepValue("FAILED", Json.Null.INSTANCE)),
          Map.of(
              "id",
              json("\"01\""),
              "number",
              json("7"),
              "startedAt",
              json("\"2026-11-21T08:00:00Z\"")),
          json("{\"host\":\"a\"}"),
          Map.of("os", json("\"linux\"")),
          null);

  private static Parameter parameter(String name, Parameter.Type type) {
    return new Parameter(name, type, false, null, null, List.of(), null);
  }

  private static Json json(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String value(String expression) {
    Expression compiled = CEL.compile(expression);
    assertThat(compiled.faults()).as(expression).isEmpty();
    Map<String, Object> variables = CelValues.variables(SCOPE, PARAMETERS);
    return new JsonWriter().value(compiled.value(variables, "/x")).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "params.count + 1 | 4",
        "params.count * 2 - 1 | 5",
        "7 / params.count > 2 | true",
        "params.count == 3 | true",
        "params.count != 3 | false",
        "size(steps.build.outputs.files) == params.count | true",
        "params.count > 2 && params.fast | true",
        "params.name + '!' | \"Ada!\"",
        "params.name.lowerAscii() | \"ada\"",
        "'a,b'.split(',') | [\"a\",\"b\"]",
        "has(params.missing) | false",
        "steps.build.state | \"SUCCEEDED\"",
        "steps['unit-test'].state | \"FAILED\"",
        "steps.`unit-test`.outputs | null",
        "steps.build.outputs.files.map(f, f * 2) | [2,4,60]",
        "steps.build.outputs.files.filter(f, f > 1.5) | [2,30]",
        "steps.build.outputs.ratio + 1 | 2.5",
        "has(steps.build.outputs.nothing) | false",
        "{'n': run.number, 'os': matrix.os} | {\"n\":7,\"os\":\"linux\"}",
        "item.host | \"a\"",
        "run.startedAt + duration('1h') | \"2026-11-21T09:00:00Z\"",
        "params.name.matches('A.*') | true",
        "params.fast ? 'yes' : 'no' | \"yes\"",
      })
  void expressions_have_these_values(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "params.cuont | 0 there is no parameter cuont; did you mean count?",
        "1 + params.nmae | 4 there is no parameter nmae; did you mean name?",
        "params.name + 1 | 12 found no matching overload for '+' applied to '(string, int)'",
        "steps.build.stat | 11 undefined field 'stat'",
        "steps | 0 steps needs the id of a step: steps.build or steps[\"build-1\"]",
        "[1].map(steps, 2) | 7 the variable of a loop cannot be called steps, which means something"
            + " else here",
        "1 + | 3 the expression ends too early",
        "foo | 0 undeclared reference to 'foo'; known are params, steps, run, item, matrix, event",
      })
  void mistakes_have_a_place_and_a_sentence(String expression, String expected) {
    List<Expression.Fault> faults = CEL.compile(expression).faults();
    assertThat(faults).isNotEmpty();
    assertThat(faults.getFirst().offset() + " " + faults.getFirst().message()).isEqualTo(expected);
  }

  @Test
  void a_value_that_is_not_there_fails_with_its_place() {
    assertThatThrownBy(() -> value("steps.build.outputs.nothing"))
        .isInstanceOf(ExpressionFailed.class)
        .hasMessageContaining("/x: ")
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> value("1 / 0")).isInstanceOf(ExpressionFailed.class);
    assertThatThrownBy(() -> value("1.0 / 0")).hasMessageContaining("not a number");
    assertThatThrownBy(() -> value("9223372036854775807 + 1")).isInstanceOf(ExpressionFailed.class);
  }

  /** Short expressions whose values would be larger than any memory, or compare for years. */
  private static List<String> bombs() {
    String text = "[params.name]" + ".map(a, a + a)".repeat(60);
    String list = "[[1]]" + ".map(a, a + a)".repeat(60);
    String nested = "[params.name]" + ".map(a, [a, a])".repeat(40);
    String shared = "[[1,2,3,4,5,6,7,8,9,10]]" + ".map(a, [a,a,a,a,a,a,a,a,a,a])".repeat(12);
    String ten = "[0,1,2,3,4,5,6,7,8,9]";
    String loops = "0";
    for (int i = 0; i < 9; i++) {
      loops = "%s.map(x%d, %s)".formatted(ten, i, loops);
    }
    List<String> bombs = new ArrayList<>(List.of(text, list, loops, shared));
    bombs.add(nested + " == " + nested);
    bombs.add("{" + nested + "[0] == 1 ? 'a' : 'b': 1}");
    bombs.add("'a'.matches('" + "((a{1,100}){1,100}){1,100}" + "')");
    bombs.add("1" + " + 1".repeat(1_000));
    bombs.add("(".repeat(2_000) + "1" + ")".repeat(2_000));
    bombs.add("!".repeat(4_000) + "true");
    return bombs;
  }

  @Test
  @Timeout(60)
  void no_expression_takes_more_than_a_bounded_effort() {
    for (String bomb : bombs()) {
      long begin = System.nanoTime();
      Expression compiled = CEL.compile(bomb);
      if (compiled.faults().isEmpty()) {
        Map<String, Object> variables = CelValues.variables(SCOPE, PARAMETERS);
        try {
          compiled.value(variables, "/x");
        } catch (ExpressionFailed e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
      assertThat(System.nanoTime() - begin)
          .as(bomb.substring(0, Math.min(60, bomb.length())))
          .isLessThan(20_000_000_000L);
    }
  }
}
