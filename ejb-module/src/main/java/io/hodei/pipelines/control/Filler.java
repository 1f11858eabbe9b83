package io.hodei.pipelines.control;

import io.hodei.json.Json;
import io.hodei.json.JsonWriter;
import io.hodei.pipelines.entity.ExpressionFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Fills the expressions in a value. */
final class Filler {
  private static final int LONGEST = 4 << 20;

  private final Function<String, Expression> compiled;
  private final Map<String, Object> variables;
  private final BiFunction<Json, String, Json> fit;
  private long written;

  /**
   * A filler for one value.
   *
   * @param fit what becomes of the value of a whole expression at a place
   */
  Filler(
      Function<String, Expression> compiled,
      Map<String, Object> variables,
      BiFunction<Json, String, Json> fit) {
    this.compiled = compiled;
    this.variables = variables;
    this.fit = fit;
  }

  /**
   * The value with everything filled.
   *
   * @param path of the value in what is filled, with {@code *} for items
   * @param place of the value in the document
   */
  Json fill(Json json, String path, String place) {
    return switch (json) {
      case Json.Text t -> Filling.isIn(t.value()) ? text(t.value(), path, place) : t;
      case Json.Arr a -> {
        List<Json> items = new ArrayList<>(a.items().size());
        for (int i = 0; i < a.items().size(); i++) {
          items.add(fill(a.items().get(i), path + "/*", place + "/" + i));
        }
        yield new Json.Arr(items);
      }
      case Json.Obj o -> {
        Map<String, Json> members = LinkedHashMap.newLinkedHashMap(o.members().size());
        o.members()
            .forEach(
                (name, member) ->
                    members.put(name, fill(member, path + "/" + name, place + "/" + name)));
        yield new Json.Obj(members);
      }
      default -> json;
    };
  }

  private Json text(String text, String path, String place) {
    Filling filling;
    try {
      filling = Filling.of(text);
    } catch (Filling.Unfinished e) {
      throw new ExpressionFailed(place, String.valueOf(e.getMessage()));
    }
    if (filling.isWhole()) {
      Filling.Part.Expr whole = (Filling.Part.Expr) filling.parts().getFirst();
      return count(fit.apply(value(whole, place), path), place);
    }
    StringBuilder filled = new StringBuilder();
    for (Filling.Part part : filling.parts()) {
      switch (part) {
        case Filling.Part.Literal literal -> filled.append(literal.text());
        case Filling.Part.Secret secret -> filled.append(secret.text());
        case Filling.Part.Expr expression -> filled.append(text(value(expression, place)));
      }
    }
    return count(new Json.Text(filled.toString()), place);
  }

  private Json value(Filling.Part.Expr expression, String place) {
    return compiled.apply(expression.text()).value(variables, place);
  }

  private Json count(Json value, String place) {
    written += value instanceof Json.Text t ? t.value().length() : 1;
    if (written > LONGEST) {
      throw new ExpressionFailed(
          place, "the filled texts of a step have more than %d characters".formatted(LONGEST));
    }
    return value;
  }

  /** How a value reads inside of a text: texts as they are, nothing for null, else JSON. */
  static String text(Json value) {
    return switch (value) {
      case Json.Text t -> t.value();
      case Json.Null n -> "";
      default -> new JsonWriter().value(value).toString();
    };
  }
}
