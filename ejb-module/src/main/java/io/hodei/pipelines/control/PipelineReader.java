package io.hodei.pipelines.control;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.parameters.Parameter;
import io.hodei.parameters.ParameterReader;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Pipeline.Concurrency;
import io.hodei.pipelines.entity.Pipeline.FailurePolicy;
import io.hodei.pipelines.entity.Pipeline.WhenFull;
import io.hodei.pipelines.entity.Step;
import io.hodei.platform.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Reads a pipeline's document: names, types, bounds and forms; not yet what depends on what. */
final class PipelineReader {
  static final int MOST_STEPS = 10_000;
  static final int MOST_EDGES = 100_000;
  static final Duration SHORTEST = Duration.ofMillis(1);
  static final Duration LONGEST = Duration.ofDays(365);
  static final int LONGEST_DESCRIPTION = 10_000;
  private static final int MOST_ACTIVE = 10_000;

  private final FieldErrors errors;

  PipelineReader(FieldErrors errors) {
    this.errors = errors;
  }

  /** The pipeline; of use only when nothing was wrong. */
  Pipeline read(Json json) {
    JsonFields fields = JsonFields.of(json, "", errors);
    version(fields);
    String name = fields.requiredText("name", 63);
    if (!name.isEmpty() && !Words.isPool(name)) {
      fields.refuse(
          "name",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
    String description = fields.text("description", LONGEST_DESCRIPTION);
    Map<String, String> labels = JobInput.labels(fields, "labels");
    List<Parameter> parameters =
        new ParameterReader(EnumSet.allOf(Parameter.Type.class), errors).read(fields);
    FailurePolicy policy = fields.oneOf("failurePolicy", FailurePolicy.class);
    Concurrency concurrency = concurrency(fields);
    Duration timeout = fields.duration("timeout", SHORTEST, LONGEST);
    Defaults defaults = Defaults.read(fields);
    List<Step> steps = steps(fields, new StepReader(errors, defaults));
    fields.finish();
    return new Pipeline(
        name,
        description,
        labels == null ? Map.of() : labels,
        parameters,
        policy == null ? FailurePolicy.STOP : policy,
        concurrency,
        timeout,
        steps);
  }

  private static void version(JsonFields fields) {
    if (fields.mentions("hodei")) {
      fields.integer("hodei", 1, 1);
    }
  }

  private static Concurrency concurrency(JsonFields fields) {
    JsonFields parts = fields.object("concurrency");
    if (parts == null) {
      return Concurrency.UNLIMITED;
    }
    Long limit = parts.integer("limit", 1, MOST_ACTIVE);
    if (limit == null && !parts.mentions("limit")) {
      parts.refuse("limit", "is required");
    }
    WhenFull whenFull = parts.oneOf("whenFull", WhenFull.class);
    parts.finish();
    return new Concurrency(
        limit == null ? 0 : limit.intValue(), whenFull == null ? WhenFull.QUEUE : whenFull);
  }

  private List<Step> steps(JsonFields fields, StepReader reader) {
    List<Step> steps = new ArrayList<>();
    section(fields, Step.Phase.MAIN, reader, steps);
    if (steps.isEmpty() && errors.isEmpty()) {
      fields.refuse("steps", "must have at least one step");
    }
    section(fields, Step.Phase.ON_FAILURE, reader, steps);
    section(fields, Step.Phase.FINALLY, reader, steps);
    long edges = steps.stream().mapToLong(step -> step.dependsOn().size()).sum();
    if (edges > MOST_EDGES) {
      fields.refuse("steps", "have more than %d dependencies".formatted(MOST_EDGES));
    }
    return steps;
  }

  private void section(JsonFields fields, Step.Phase phase, StepReader reader, List<Step> steps) {
    String name = GraphCheck.section(phase);
    Json json = fields.any(name);
    if (json == null) {
      return;
    }
    if (!(json instanceof Json.Arr array)) {
      fields.refuse(name, "must be an array of steps, not " + json.kind());
      return;
    }
    if (steps.size() + array.items().size() > MOST_STEPS) {
      fields.refuse(name, "makes more than %d steps".formatted(MOST_STEPS));
      return;
    }
    for (int i = 0; i < array.items().size(); i++) {
      String place = fields.at(name) + "/" + i;
      steps.add(reader.read(JsonFields.of(array.items().get(i), place, errors), phase));
    }
  }
}
