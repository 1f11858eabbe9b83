package io.hodei.pipelines.control;

import io.hodei.expressions.JsonValues;
import io.hodei.json.Json;
import io.hodei.parameters.Parameter;
import io.hodei.pipelines.entity.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the expressions of a pipeline see of a scope. */
final class CelValues {
  private CelValues() {}

  /** The variables of a scope. */
  static Map<String, Object> variables(Scope scope, List<Parameter> parameters) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("params", params(scope.parameters(), parameters));
    Map<String, Object> steps = new HashMap<>();
    scope
        .steps()
        .forEach(
            (id, step) ->
                steps.put(
                    id, Map.of("state", step.state(), "outputs", JsonValues.cel(step.outputs()))));
    variables.put("steps", steps);
    variables.put("run", run(scope.run()));
    variables.put("matrix", JsonValues.cel(new Json.Obj(scope.matrix())));
    if (scope.item() != null) {
      variables.put("item", JsonValues.cel(scope.item()));
    }
    if (scope.event() != null) {
      variables.put("event", JsonValues.cel(scope.event()));
    }
    return variables;
  }

  private static Map<String, Object> params(Map<String, Json> given, List<Parameter> parameters) {
    Map<String, Object> params = new HashMap<>();
    for (Parameter parameter : parameters) {
      Json value = given.get(parameter.name());
      if (value instanceof Json.Num number && parameter.type() == Parameter.Type.NUMBER) {
        params.put(parameter.name(), Double.parseDouble(number.literal()));
      } else if (value != null && !(value instanceof Json.Null)) {
        params.put(parameter.name(), JsonValues.cel(value));
      }
    }
    return params;
  }

  private static Map<String, Object> run(Map<String, Json> given) {
    Map<String, Object> run = new HashMap<>();
    given.forEach((name, value) -> run.put(name, JsonValues.cel(value)));
    if (run.get("startedAt") instanceof String time) {
      run.put("startedAt", Instant.parse(time));
    }
    return run;
  }
}
