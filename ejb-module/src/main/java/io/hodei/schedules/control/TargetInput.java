package io.hodei.schedules.control;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.platform.Words;
import io.hodei.schedules.entity.Target;
import io.hodei.schedules.entity.Target.JobTarget;
import io.hodei.schedules.entity.Target.PipelineTarget;
import io.hodei.schedules.entity.Target.TemplateTarget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a schedule starts. */
final class TargetInput {
  private static final List<String> KINDS = List.of("job", "template", "pipeline");

  private TargetInput() {}

  /** The target; of use only when nothing was wrong. */
  static Target read(JsonFields fields, String scheduleName) {
    JsonFields target = fields.object("target");
    if (target == null) {
      fields.refuse(
          "target",
          "is required: {\"job\": {…}} with a job as POST /jobs takes it, {\"template\": {\"name\": …}} or {\"pipeline\": {\"name\": …}}");
      return none();
    }
    List<String> given = KINDS.stream().filter(kind -> target.any(kind) != null).toList();
    if (given.size() != 1) {
      fields.refuse("target", "must have exactly one of " + KINDS);
      target.finish();
      return none();
    }
    Target read = of(target, given.getFirst(), scheduleName);
    target.finish();
    return read;
  }

  private static Target of(JsonFields target, String kind, String scheduleName) {
    JsonFields members = target.object(kind);
    if (members == null) {
      return none();
    }
    return switch (kind) {
      case "job" -> job(target, members, scheduleName);
      case "template" -> {
        Reference template = reference(members);
        yield new TemplateTarget(template.name, template.version, template.parameters);
      }
      default -> {
        Reference pipeline = reference(members);
        yield new PipelineTarget(pipeline.name, pipeline.version, pipeline.parameters);
      }
    };
  }

  private static Target job(JsonFields target, JsonFields members, String scheduleName) {
    if (members.any("availableAt") != null) {
      members.refuse("availableAt", "cannot be given; the schedule says when");
    }
    JobInput.read(members, members.mentions("name") ? JobInput.name(members) : scheduleName);
    return target.any("job") instanceof Json.Obj document ? new JobTarget(document) : none();
  }

  private record Reference(String name, @Nullable Integer version, Map<String, Json> parameters) {}

  private static Reference reference(JsonFields members) {
    String name = members.requiredText("name", 63);
    if (!name.isEmpty() && !Words.isPool(name)) {
      members.refuse(
          "name",
          "must be 1 to 63 letters, digits, dots, hyphens or underscores, not begin with a mark");
    }
    Long version = members.integer("version", 1, Integer.MAX_VALUE);
    Json parameters = members.any("parameters");
    if (parameters != null && !(parameters instanceof Json.Obj)) {
      members.refuse("parameters", "must be an object, not " + parameters.kind());
    }
    members.finish();
    return new Reference(
        name,
        version == null ? null : version.intValue(),
        parameters instanceof Json.Obj values ? values.members() : Map.of());
  }

  /** For the answer that nobody uses, because there are errors. */
  private static Target none() {
    return new JobTarget(new Json.Obj(Map.of()));
  }
}
