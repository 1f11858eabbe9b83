package io.hodei.web.runs;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.runs.entity.GraphNode;
import io.hodei.runs.entity.Progress;
import io.hodei.runs.entity.Run;
import io.hodei.runs.entity.RunStep;
import java.util.List;
import java.util.Set;

/** Writes runs as clients see them. */
final class RunOutput {
  /** The members of a run, in the order in which they are written. */
  static final List<String> FIELDS =
      List.of(
          "id",
          "pipeline",
          "version",
          "number",
          "state",
          "phase",
          "parameters",
          "steps",
          "ended",
          "failed",
          "createdAt",
          "startedAt",
          "deadlineAt",
          "finishedAt",
          "creator",
          "reason",
          "parentRun",
          "parentStep",
          "rerunOf",
          "revision");

  private static final Set<String> ALL = Set.copyOf(FIELDS);

  private RunOutput() {}

  /** The id in a path; what is none is not found either. */
  static long id(String text) {
    long id = Id.parse(text);
    if (id < 0) {
      throw DomainException.notFound(
          "run", text.length() > 40 ? text.substring(0, 40) + "…" : text);
    }
    return id;
  }

  static JsonWriter of(Run run) {
    JsonWriter out = new JsonWriter(1024);
    write(out, run, ALL);
    return out;
  }

  /** Writes the members that are asked for. */
  static void write(JsonWriter out, Run run, Set<String> fields) {
    out.object();
    for (String field : FIELDS) {
      if (fields.contains(field)) {
        member(out, run, field);
      }
    }
    out.endObject();
  }

  private static void member(JsonWriter out, Run run, String field) {
    switch (field) {
      case "id" -> out.id(field, run.id());
      case "pipeline" -> out.member(field, run.pipeline());
      case "version" -> out.member(field, run.version());
      case "number" -> out.member(field, run.number());
      case "state" -> out.member(field, run.state());
      case "phase" -> out.member(field, run.phase());
      case "parameters" -> out.json(field, run.parameters());
      case "steps" -> out.member(field, run.steps());
      case "ended" -> out.member(field, run.ended());
      case "failed" -> out.member(field, Boolean.valueOf(run.failed()));
      case "createdAt" -> out.member(field, run.createdAt());
      case "startedAt" -> out.member(field, run.startedAt());
      case "deadlineAt" -> out.member(field, run.deadlineAt());
      case "finishedAt" -> out.member(field, run.completedAt());
      case "creator" -> out.member(field, run.creator());
      case "reason" -> out.member(field, run.reason());
      case "parentRun" -> out.id(field, run.parentRunId());
      case "parentStep" -> out.member(field, run.parentStep());
      case "rerunOf" -> out.id(field, run.rerunOf());
      default -> out.member(field, run.revision());
    }
  }

  static void step(JsonWriter out, RunStep step) {
    out.object()
        .member("step", step.title())
        .member("phase", step.phase())
        .member("kind", step.kind())
        .member("state", step.state());
    if (step.allowFailure()) {
      out.member("allowFailure", Boolean.TRUE);
    }
    out.json("for", step.item())
        .id("job", step.jobId())
        .id("run", step.childRunId())
        .id("keptFrom", step.keptFrom())
        .json("outputs", step.outputs())
        .member("dueAt", step.dueAt())
        .member("reason", step.reason())
        .member("readyAt", step.readyAt())
        .member("startedAt", step.startedAt())
        .member("finishedAt", step.endedAt())
        .endObject();
  }

  static JsonWriter graph(List<GraphNode> nodes) {
    JsonWriter out = new JsonWriter(4096).object().array("steps");
    for (GraphNode node : nodes) {
      out.object()
          .member("id", node.id())
          .member("phase", node.phase())
          .member("kind", node.kind())
          .texts("dependsOn", node.dependsOn())
          .member("state", node.state())
          .member("startedAt", node.startedAt())
          .member("finishedAt", node.endedAt())
          .endObject();
    }
    return out.endArray().endObject();
  }

  static JsonWriter progress(Progress progress) {
    Run run = progress.run();
    JsonWriter out =
        new JsonWriter(1024)
            .object()
            .id("run", run.id())
            .member("state", run.state())
            .member("phase", run.phase())
            .member("steps", run.steps())
            .member("ended", run.ended())
            .object("states");
    progress.states().forEach((state, count) -> out.member(state.name(), count));
    return out.endObject()
        .texts("criticalPath", progress.criticalPath())
        .member("remaining", progress.remaining())
        .member("likelyEnd", progress.likelyEnd())
        .member("atLatest", progress.atLatest())
        .member("unknownSteps", progress.unknown())
        .endObject();
  }
}
