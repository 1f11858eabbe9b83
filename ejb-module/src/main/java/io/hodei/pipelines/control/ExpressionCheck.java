package io.hodei.pipelines.control;

import dev.cel.common.types.CelKind;
import io.hodei.json.Json;
import io.hodei.pipelines.entity.Graph;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Step;
import io.hodei.platform.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks every expression of a document: that it compiles, gives the type its place needs, and
 * names only what has a value by then.
 */
final class ExpressionCheck {
  private final Json document;
  private final Pipeline pipeline;
  private final Optional<Upstream> upstream;
  private final Findings findings;
  private final Cel cel;
  private final Map<String, Expression> compiled = new HashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * A check.
   *
   * @param graph empty when it is wrong; then only the names of steps are checked, not their order
   */
  ExpressionCheck(Json document, Pipeline pipeline, Optional<Graph> graph, Findings findings) {
    this.document = document;
    this.pipeline = pipeline;
    this.upstream = graph.map(found -> new Upstream(pipeline.steps(), found));
    this.findings = findings;
    this.cel = new Cel(pipeline.parameters());
  }

  /**
   * Where an expression stands.
   *
   * @param step its position; -1: in the defaults of all
   * @param item whether it is evaluated once per item or combination
   */
  private record Site(int step, boolean item, boolean event) {}

  void run() {
    List<Step> steps = pipeline.steps();
    for (int i = 0; i < steps.size(); i++) {
      positions.putIfAbsent(steps.get(i).id(), i);
    }
    Map<String, Json> members = StepReader.members(document);
    texts(members.get("defaults"), "/defaults", new Site(-1, false, false));
    int first = 0;
    for (Step.Phase phase : Step.Phase.values()) {
      String section = GraphCheck.section(phase);
      if (members.get(section) instanceof Json.Arr array) {
        for (int i = 0; i < array.items().size() && first + i < steps.size(); i++) {
          step(first + i, StepReader.members(array.items().get(i)), "/" + section + "/" + i);
        }
        first += array.items().size();
      }
    }
  }

  private void step(int step, Map<String, Json> members, String place) {
    Site once = new Site(step, false, false);
    Site each = new Site(step, true, false);
    condition(members.get("when"), place + "/when", once, CelKind.BOOL);
    condition(members.get("map"), place + "/map", once, CelKind.LIST);
    for (String name : List.of("job", "retry", "timeouts")) {
      texts(members.get(name), place + "/" + name, each);
    }
    for (String name : List.of("template", "pipeline")) {
      Json parameters = StepReader.members(members.get(name)).get("parameters");
      texts(parameters, place + "/" + name + "/parameters", each);
    }
    Json where = StepReader.members(members.get("wait")).get("where");
    condition(where, place + "/wait/where", new Site(step, true, true), CelKind.BOOL);
  }

  private void condition(@Nullable Json json, String place, Site site, CelKind kind) {
    if (!(json instanceof Json.Text text)) {
      return;
    }
    Expression expression = check(text.value(), 0, place, site);
    if (expression.faults().isEmpty() && !expression.mayBe(kind)) {
      String wanted = kind == CelKind.BOOL ? "true or false" : "a list";
      findings.add(
          place,
          0,
          "must give %s, but gives a value of type %s".formatted(wanted, expression.kind()));
    }
  }

  /** The expressions in all texts of a value. */
  private void texts(@Nullable Json json, String place, Site site) {
    switch (json) {
      case Json.Text t when Filling.isIn(t.value()) -> filling(t.value(), place, site);
      case Json.Arr a -> {
        for (int i = 0; i < a.items().size(); i++) {
          texts(a.items().get(i), place + "/" + i, site);
        }
      }
      case Json.Obj o ->
          o.members()
              .forEach(
                  (name, member) ->
                      texts(
                          member, place + "/" + name.replace("~", "~0").replace("/", "~1"), site));
      case null, default -> {}
    }
  }

  private void filling(String text, String place, Site site) {
    try {
      for (Filling.Part part : Filling.of(text).parts()) {
        if (part instanceof Filling.Part.Expr expression) {
          check(expression.text(), expression.offset(), place, site);
        } else if (part instanceof Filling.Part.Secret secret && !place.contains("/spec/http/")) {
          findings.add(
              place, secret.offset(), "secrets are only there in what a job calls by http");
        }
      }
    } catch (Filling.Unfinished e) {
      findings.add(place, e.offset(), String.valueOf(e.getMessage()));
    }
  }

  private Expression check(String text, int offset, String place, Site site) {
    Expression expression = compiled.computeIfAbsent(text, cel::compile);
    for (Expression.Fault fault : expression.faults()) {
      findings.add(place, offset + fault.offset(), fault.message());
    }
    for (Expression.Use use : expression.uses()) {
      String wrong = wrong(use, site);
      if (!wrong.isEmpty()) {
        findings.add(place, offset + use.offset(), wrong);
      }
    }
    return expression;
  }

  private String wrong(Expression.Use use, Site site) {
    return switch (use.root()) {
      case "steps" -> wrongStep(use.name(), site);
      case "item" ->
          site.step() >= 0 && site.item() && pipeline.steps().get(site.step()).map() != null
              ? ""
              : "item is only there in what a step with map does, not in its conditions";
      case "matrix" -> wrongAxis(use.name(), site);
      default -> site.event() ? "" : "event is only there in the where of a wait for an event";
    };
  }

  private String wrongAxis(String axis, Site site) {
    Set<String> axes =
        site.step() >= 0 && site.item()
            ? pipeline.steps().get(site.step()).matrix().keySet()
            : Set.of();
    if (axes.isEmpty()) {
      return "matrix is only there in what a step with a matrix does, not in its conditions";
    }
    return axis.isEmpty() || axes.contains(axis)
        ? ""
        : "there is no axis %s%s".formatted(axis, Nearest.hint(axis, axes));
  }

  private String wrongStep(String id, Site site) {
    Integer other = positions.get(id);
    if (other == null) {
      return "there is no step %s%s".formatted(id, Nearest.hint(id, positions.keySet()));
    }
    if (site.step() < 0) {
      return "steps have no values in defaults, which hold for all of them";
    }
    if (other == site.step()) {
      return "a step cannot use its own outputs";
    }
    return upstream.isEmpty() || upstream.get().isBefore(other, site.step())
        ? ""
        : "step %s may not have ended by then; add it to dependsOn".formatted(id);
  }
}
