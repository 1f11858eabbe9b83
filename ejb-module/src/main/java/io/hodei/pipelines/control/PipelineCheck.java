package io.hodei.pipelines.control;

import io.hodei.json.Document;
import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Step;
import io.hodei.platform.FieldError;
import java.util.List;
import java.util.Optional;

/** Reads and checks a document: its form, what depends on what, and its expressions. */
public final class PipelineCheck {
  private PipelineCheck() {}

  /** A document that is right. */
  public record Checked(Pipeline pipeline, Graph graph, Json.Obj canonical) {}

  /**
   * Checks all, and says all that is wrong at once, in the order of the text.
   *
   * @param failFast whether to say the first thing only
   * @throws io.hodei.platform.DomainException INVALID with line and column of each
   */
  public static Checked check(Document document, boolean failFast) {
    Findings findings = new Findings(document);
    refuseNul(document.json(), "", findings);
    FieldErrors errors = new FieldErrors();
    Pipeline pipeline = new PipelineReader(errors).read(document.json());
    for (FieldError error : errors.list()) {
      findings.add(error.pointer(), error.message());
    }
    if (failFast) {
      findings.refuse(true);
    }
    Places places = new Places(pipeline.steps());
    Optional<Graph> graph =
        GraphCheck.check(
            pipeline.steps(),
            failFast,
            (step, dependency, message) ->
                findings.add(places.of(document.json(), step, dependency), message));
    if (failFast) {
      findings.refuse(true);
    }
    new ExpressionCheck(document.json(), pipeline, graph, findings).run();
    findings.refuse(failFast);
    return new Checked(
        pipeline,
        graph.orElseThrow(() -> new IllegalStateException("No graph, but nothing wrong")),
        Canonical.of(document.json()));
  }

  /** A document in its canonical form, which was checked before it was stored. */
  public static Checked trusted(Json.Obj canonical) {
    FieldErrors errors = new FieldErrors();
    Pipeline pipeline = new PipelineReader(errors).read(canonical);
    errors.refuse();
    Graph graph =
        GraphCheck.check(pipeline.steps(), true, (step, dependency, message) -> {})
            .orElseThrow(() -> new IllegalStateException("A stored pipeline has a wrong graph"));
    return new Checked(pipeline, graph, canonical);
  }

  /** No text may hold it, because the database cannot. */
  private static void refuseNul(Json json, String place, Findings findings) {
    switch (json) {
      case Json.Text t when t.value().indexOf('\0') >= 0 ->
          findings.add(place, "contains the character U+0000");
      case Json.Arr a -> {
        for (int i = 0; i < a.items().size(); i++) {
          refuseNul(a.items().get(i), place + "/" + i, findings);
        }
      }
      case Json.Obj o ->
          o.members()
              .forEach(
                  (name, member) -> {
                    String at = place + "/" + name.replace("~", "~0").replace("/", "~1");
                    if (name.indexOf('\0') >= 0) {
                      findings.add(place, "has a key with the character U+0000");
                    }
                    refuseNul(member, at, findings);
                  });
      default -> {}
    }
  }

  /** Where steps stand in a document. */
  record Places(List<Step> steps) {
    /** The pointer of a step. */
    String of(int step) {
      Step.Phase phase = steps.get(step).phase();
      int first = 0;
      while (steps.get(first).phase() != phase) {
        first++;
      }
      return "/" + GraphCheck.section(phase) + "/" + (step - first);
    }

    /** The pointer of one dependency of a step; -1: of its id. */
    String of(Json document, int step, int dependency) {
      String place = of(step);
      if (dependency < 0) {
        return place + "/id";
      }
      String[] parts = place.split("/", -1);
      Json section = StepReader.members(document).get(parts[1]);
      Json own =
          section instanceof Json.Arr array
              ? array.items().get(Integer.parseInt(parts[2]))
              : Json.Null.INSTANCE;
      return StepReader.members(own).get("dependsOn") instanceof Json.Arr
          ? place + "/dependsOn/" + dependency
          : place + "/dependsOn";
    }
  }
}
