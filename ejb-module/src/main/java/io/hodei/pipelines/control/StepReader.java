package io.hodei.pipelines.control;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import io.hodei.platform.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one step. */
final class StepReader {
  private static final int MOST_AXES = 10;
  private static final int MOST_COMBINATIONS = 1_000;
  private static final List<String> WORKS =
      List.of("job", "template", "pipeline", "approval", "wait");

  private final FieldErrors errors;
  private final Defaults defaults;

  StepReader(FieldErrors errors, Defaults defaults) {
    this.errors = errors;
    this.defaults = defaults;
  }

  Step read(JsonFields fields, Step.Phase phase) {
    String id = fields.requiredText("id", 63);
    if (!id.isEmpty() && (!Words.isPool(id) || id.indexOf('.') >= 0)) {
      fields.refuse(
          "id", "must be 1 to 63 letters, digits, hyphens or underscores, not begin with a mark");
    }
    List<String> dependsOn = dependsOn(fields);
    String when = fields.text("when", Cel.LONGEST);
    String map = fields.text("map", Cel.LONGEST);
    Map<String, List<Json>> matrix = matrix(fields);
    Long maxParallel = fields.integer("maxParallel", 1, 10_000);
    Boolean allowFailure = fields.flag("allowFailure");
    Work work = work(fields);
    fields.finish();
    if (map != null && !matrix.isEmpty()) {
      fields.refuse("map", "cannot be given together with matrix");
    }
    if (maxParallel != null && map == null && matrix.isEmpty()) {
      fields.refuse("maxParallel", "needs a matrix or a map");
    }
    return new Step(
        id,
        phase,
        dependsOn,
        when,
        work,
        matrix,
        map,
        maxParallel == null ? 0 : maxParallel.intValue(),
        Boolean.TRUE.equals(allowFailure));
  }

  private static List<String> dependsOn(JsonFields fields) {
    if (fields.any("dependsOn") instanceof Json.Text) {
      String one = fields.text("dependsOn", 63);
      return one == null ? List.of() : List.of(one);
    }
    List<String> several = fields.texts("dependsOn", PipelineReader.MOST_STEPS, 63);
    return several == null ? List.of() : several;
  }

  private Map<String, List<Json>> matrix(JsonFields fields) {
    if (fields.any("matrix") == null) {
      return Map.of();
    }
    JsonFields axes = fields.object("matrix");
    if (axes == null || !(fields.any("matrix") instanceof Json.Obj object)) {
      return Map.of();
    }
    if (object.members().isEmpty() || object.members().size() > MOST_AXES) {
      fields.refuse("matrix", "must have 1 to %d axes".formatted(MOST_AXES));
      return Map.of();
    }
    Map<String, List<Json>> matrix = new LinkedHashMap<>();
    long combinations = 1;
    for (Map.Entry<String, Json> axis : object.members().entrySet()) {
      if (!Words.isVariable(axis.getKey())) {
        axes.refuse(
            axis.getKey().length() > 80 ? axis.getKey().substring(0, 80) : axis.getKey(),
            "is not the name of an axis: letters, digits and _, begins with no digit");
      }
      if (axis.getValue() instanceof Json.Arr values && !values.items().isEmpty()) {
        matrix.put(axis.getKey(), values.items());
        combinations = Math.min(combinations * values.items().size(), Integer.MAX_VALUE);
      } else {
        axes.refuse(axis.getKey(), "must be an array with at least one value");
      }
    }
    if (combinations > MOST_COMBINATIONS) {
      fields.refuse(
          "matrix", "has %d combinations, more than %d".formatted(combinations, MOST_COMBINATIONS));
    }
    return matrix;
  }

  private Work work(JsonFields fields) {
    List<String> given = new ArrayList<>();
    for (String name : WORKS) {
      if (fields.any(name) != null) {
        given.add(name);
      }
    }
    Json.Obj shorthand = shorthand(fields, given.contains("job"));
    if (given.isEmpty()) {
      fields.refuse("job", "is missing: a step has one of " + WORKS);
      return new Work.OfJob(shorthand);
    }
    if (given.size() > 1) {
      fields.refuse(given.get(1), "is one too many: a step has exactly one of " + given);
    }
    JsonFields parts = fields.object(given.getFirst());
    if (parts == null) {
      return new Work.OfJob(shorthand);
    }
    WorkReader reader = new WorkReader(errors);
    return switch (given.getFirst()) {
      case "job" -> job(fields, shorthand);
      case "template" -> reader.template(parts);
      case "pipeline" -> reader.pipeline(parts);
      case "approval" -> reader.approval(parts);
      default -> reader.waiting(parts);
    };
  }

  /** What a step says of its job beside it: retry and timeouts. */
  private Json.Obj shorthand(JsonFields fields, boolean ofJob) {
    Map<String, Json> given = new LinkedHashMap<>();
    for (String name : List.of("retry", "timeouts")) {
      Json value = fields.any(name);
      if (value == null) {
        continue;
      }
      if (!ofJob) {
        fields.refuse(name, "is only possible for a step with a job");
      }
      given.put(name, value);
    }
    Json.Obj shorthand = new Json.Obj(given);
    JsonFields checked = fields.with(Placeholders.aside(shorthand));
    JobInput.retry(checked, RetryPolicy.NONE);
    JobInput.timeouts(checked, Timeouts.NONE);
    return shorthand;
  }

  private Work job(JsonFields fields, Json.Obj shorthand) {
    JsonFields parts = fields.object("job");
    if (parts == null || !(fields.any("job") instanceof Json.Obj own)) {
      return new Work.OfJob(shorthand);
    }
    for (String name : shorthand.members().keySet()) {
      if (own.members().containsKey(name)) {
        fields.refuse(name, "is given in the job too; say it once");
      }
    }
    Json.Obj complete = defaults.withExecutor(own);
    JobInput.read(parts.with(Placeholders.aside(complete)), "step");
    Map<String, Json> members = new LinkedHashMap<>(shorthand.members());
    members.putAll(complete.members());
    return new Work.OfJob(defaults.into(new Json.Obj(members)));
  }

  /** The members of an object, or none. */
  static Map<String, Json> members(@Nullable Json json) {
    return json instanceof Json.Obj object ? object.members() : Map.of();
  }
}
