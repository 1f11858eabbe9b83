package io.hodei.web.pipelines;

import io.hodei.json.JsonWriter;
import io.hodei.pipelines.entity.AppliedPipeline;
import io.hodei.pipelines.entity.PipelineChange;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.pipelines.entity.PipelineView;
import io.hodei.platform.DomainException;
import io.hodei.platform.FieldError;
import io.hodei.platform.Words;
import java.util.List;
import java.util.Set;

/** Writes pipelines as clients see them. */
final class PipelineOutput {
  /** The members of a pipeline in a list. */
  static final List<String> FIELDS =
      List.of(
          "id",
          "name",
          "description",
          "labels",
          "executor",
          "version",
          "newestVersion",
          "steps",
          "createdAt",
          "updatedAt");

  private PipelineOutput() {}

  /** The name in a path; what is none is not found either. */
  static String name(String text) {
    if (!Words.isPool(text)) {
      throw DomainException.notFound(
          "pipeline", text.length() > 70 ? text.substring(0, 70) + "…" : text);
    }
    return text;
  }

  static JsonWriter write(JsonWriter out, PipelineView pipeline, Set<String> fields) {
    out.object();
    members(out, pipeline, fields);
    return out.endObject();
  }

  static void members(JsonWriter out, PipelineView pipeline, Set<String> fields) {
    for (String field : FIELDS) {
      if (fields.contains(field)) {
        member(out, pipeline, field);
      }
    }
  }

  private static void member(JsonWriter out, PipelineView pipeline, String field) {
    switch (field) {
      case "id" -> out.id(field, pipeline.id());
      case "name" -> out.member(field, pipeline.name());
      case "description" -> out.member(field, pipeline.description());
      case "labels" -> out.member(field, pipeline.labels());
      case "executor" -> out.member(field, pipeline.executor());
      case "version" -> out.member(field, (long) pipeline.current());
      case "newestVersion" -> out.member(field, (long) pipeline.newest());
      case "steps" -> out.member(field, (long) pipeline.steps());
      case "createdAt" -> out.member(field, pipeline.createdAt());
      default -> out.member(field, pipeline.updatedAt());
    }
  }

  static JsonWriter applied(AppliedPipeline applied, boolean planned) {
    JsonWriter out = new JsonWriter(2048).object();
    PipelineView pipeline = applied.pipeline();
    if (pipeline != null && !planned) {
      members(out, pipeline, Set.copyOf(FIELDS));
    } else {
      out.member("version", (long) applied.number());
    }
    out.member("outcome", applied.outcome())
        .member("unchanged", applied.outcome() == AppliedPipeline.Outcome.UNCHANGED)
        .member("planned", planned);
    return changes(out, applied.changes()).endObject();
  }

  static JsonWriter changes(JsonWriter out, List<PipelineChange> changes) {
    out.array("changes");
    for (PipelineChange change : changes) {
      out.object()
          .member("kind", change.kind())
          .member("place", change.place())
          .texts("lines", change.lines())
          .endObject();
    }
    return out.endArray();
  }

  /** One version; with its definition when it has one. */
  static JsonWriter write(JsonWriter out, PipelineVersion version) {
    out.object()
        .id("id", version.id())
        .member("pipeline", version.pipeline())
        .member("version", (long) version.number())
        .member("current", version.current())
        .member("digest", version.digest())
        .member("steps", (long) version.steps())
        .member("sourceType", version.sourceType())
        .member("createdAt", version.createdAt())
        .member("createdBy", version.createdBy());
    if (!version.canonical().isEmpty()) {
      out.json("definition", version.canonical()).member("source", version.source());
    }
    return out.endObject();
  }

  static void errors(JsonWriter out, List<FieldError> errors) {
    out.array("errors");
    for (FieldError error : errors) {
      out.object().member("pointer", error.pointer()).member("message", error.message());
      if (error.line() > 0) {
        out.member("line", error.line()).member("column", error.column());
      }
      out.endObject();
    }
    out.endArray();
  }
}
