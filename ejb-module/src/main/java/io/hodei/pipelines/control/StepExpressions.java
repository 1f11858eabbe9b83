package io.hodei.pipelines.control;

import io.hodei.json.Json;
import io.hodei.pipelines.entity.ExpressionFailed;
import io.hodei.pipelines.entity.Pipeline;
import io.hodei.pipelines.entity.Scope;
import io.hodei.pipelines.entity.Step;
import io.hodei.pipelines.entity.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The expressions of a checked pipeline's steps; each text is compiled once, when first needed. */
public final class StepExpressions {
  private static final int MOST_ITEMS = 10_000;

  private final Pipeline pipeline;
  private final Cel cel;
  private final Map<String, Expression> compiled = new ConcurrentHashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final String[] places;

  public StepExpressions(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.cel = new Cel(pipeline.parameters());
    List<Step> steps = pipeline.steps();
    this.places = new String[steps.size()];
    int first = 0;
    for (int i = 0; i < steps.size(); i++) {
      positions.put(steps.get(i).id(), i);
      if (steps.get(i).phase() != steps.get(first).phase()) {
        first = i;
      }
      places[i] = "/" + GraphCheck.section(steps.get(i).phase()) + "/" + (i - first);
    }
  }

  public int position(String id) {
    return positions.getOrDefault(id, -1);
  }

  public String place(int step) {
    return places[step];
  }

  public int[] uses(int step) {
    List<Integer> used = new ArrayList<>();
    eachText(
        step,
        text ->
            expression(text).uses().stream()
                .filter(use -> use.root().equals("steps"))
                .forEach(use -> used.add(position(use.name()))));
    return used.stream().mapToInt(i -> i).filter(i -> i >= 0).sorted().distinct().toArray();
  }

  public boolean when(int step, Scope scope) {
    String condition = pipeline.steps().get(step).when();
    return condition == null || holds(condition, scope, places[step] + "/when");
  }

  public boolean matches(int step, Scope scope) {
    return !(pipeline.steps().get(step).work() instanceof Work.OfEvent event)
        || event.where() == null
        || holds(event.where(), scope, places[step] + "/wait/where");
  }

  public List<Json> map(int step, Scope scope) {
    String map = pipeline.steps().get(step).map();
    String place = places[step] + "/map";
    if (map == null) {
      throw new ExpressionFailed(place, "the step has no map");
    }
    Json value = expression(map).value(variables(scope), place);
    if (!(value instanceof Json.Arr array)) {
      throw new ExpressionFailed(place, "must give a list, but gave " + value.kind());
    }
    if (array.items().size() > MOST_ITEMS) {
      throw new ExpressionFailed(
          place, "gives %d items, more than %d".formatted(array.items().size(), MOST_ITEMS));
    }
    return array.items();
  }

  public Json.Obj fill(int step, Scope scope) {
    String place = places[step];
    return switch (pipeline.steps().get(step).work()) {
      case Work.OfJob job -> fill(job.body(), scope, place + "/job", true);
      case Work.OfTemplate of ->
          fill(new Json.Obj(of.parameters()), scope, place + "/template/parameters", false);
      case Work.OfPipeline of ->
          fill(new Json.Obj(of.parameters()), scope, place + "/pipeline/parameters", false);
      default -> new Json.Obj(Map.of());
    };
  }

  private Json.Obj fill(Json.Obj body, Scope scope, String place, boolean ofJob) {
    Filler filler =
        new Filler(
            this::expression, variables(scope), ofJob ? Placeholders::fit : (value, path) -> value);
    return (Json.Obj) filler.fill(body, "", place);
  }

  private boolean holds(String condition, Scope scope, String place) {
    Json value = expression(condition).value(variables(scope), place);
    if (value instanceof Json.Bool answer) {
      return answer.value();
    }
    throw new ExpressionFailed(place, "must give true or false, but gave " + value.kind());
  }

  private Expression expression(String text) {
    Expression known = compiled.get(text);
    return known != null ? known : compiled.computeIfAbsent(text, cel::compile);
  }

  private Map<String, Object> variables(Scope scope) {
    return CelValues.variables(scope, pipeline.parameters());
  }

  private void eachText(int step, Consumer<String> sink) {
    Step definition = pipeline.steps().get(step);
    ifThere(definition.when(), sink);
    ifThere(definition.map(), sink);
    switch (definition.work()) {
      case Work.OfJob job -> inTexts(job.body(), sink);
      case Work.OfTemplate of -> inTexts(new Json.Obj(of.parameters()), sink);
      case Work.OfPipeline of -> inTexts(new Json.Obj(of.parameters()), sink);
      case Work.OfEvent event -> ifThere(event.where(), sink);
      default -> {}
    }
  }

  private static void ifThere(@Nullable String text, Consumer<String> sink) {
    if (text != null) {
      sink.accept(text);
    }
  }

  private static void inTexts(Json json, Consumer<String> sink) {
    switch (json) {
      case Json.Text t when Filling.isIn(t.value()) -> {
        try {
          for (Filling.Part part : Filling.of(t.value()).parts()) {
            if (part instanceof Filling.Part.Expr expression) {
              sink.accept(expression.text());
            }
          }
        } catch (Filling.Unfinished e) {
          throw new IllegalStateException("A stored pipeline has an unfinished expression", e);
        }
      }
      case Json.Arr a -> a.items().forEach(item -> inTexts(item, sink));
      case Json.Obj o -> o.members().values().forEach(member -> inTexts(member, sink));
      default -> {}
    }
  }
}
