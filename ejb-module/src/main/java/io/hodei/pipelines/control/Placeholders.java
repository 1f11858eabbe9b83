package io.hodei.pipelines.control;

import io.hodei.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts expressions aside, so that the rest of a job can be checked before they have values: instead
 * of each stands something that fits its place. What they give is checked when the step begins.
 */
final class Placeholders {
  /** Places whose value is no free text; what stands in for it, null: nothing. */
  private static final Map<String, Json> SPECIAL =
      Map.ofEntries(
          Map.entry("/logLimitBytes", new Json.Num("1")),
          Map.entry("/retry/maxAttempts", new Json.Num("1")),
          Map.entry("/retry/jitter", new Json.Num("0")),
          Map.entry("/retry/onExitCodes/*", new Json.Num("1")),
          Map.entry("/retry/delay", new Json.Text("1s")),
          Map.entry("/retry/maxDelay", new Json.Text("1h")),
          Map.entry("/timeouts/wait", new Json.Text("1s")),
          Map.entry("/timeouts/run", new Json.Text("1s")),
          Map.entry("/timeouts/total", new Json.Text("1s")),
          Map.entry("/spec/killGrace", new Json.Text("1s")),
          Map.entry("/spec/stdin", new Json.Text("")),
          Map.entry("/spec/http/url", new Json.Text("http://host.invalid/")),
          Map.entry("/spec/http/poll/url", new Json.Text("http://host.invalid/")),
          Map.entry("/spec/http/cancel/url", new Json.Text("http://host.invalid/")),
          Map.entry("/spec/http/method", new Json.Text("POST")),
          Map.entry("/spec/http/cancel/method", new Json.Text("POST")),
          Map.entry("/spec/http/timeout", new Json.Text("1s")),
          Map.entry("/spec/http/poll/interval", new Json.Text("1s")),
          Map.entry("/spec/http/success", new Json.Text("true")),
          Map.entry("/spec/http/poll/done", new Json.Text("true")),
          Map.entry("/spec/http/poll/success", new Json.Text("true")),
          Map.entry("/spec/http/poll/urlFrom", new Json.Text("''")),
          Map.entry("/spec/http/cancel/urlFrom", new Json.Text("''")),
          Map.entry("/spec/cloudRun/taskCount", new Json.Num("1")),
          Map.entry("/spec/cloudRun/taskTimeout", new Json.Text("1s")),
          Map.entry("/spec/cloudRun/interval", new Json.Text("1s")),
          Map.entry("/priority/level", new Json.Num("5")),
          Map.entry("/spec/command", new Json.Arr(List.of(new Json.Text("x")))));

  /** Places that are left out, because nothing fits them in general. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "/availableAt",
          "/priority",
          "/priority/lane",
          "/labels",
          "/requires",
          "/retry",
          "/timeouts",
          "/retry/backoff",
          "/retry/onExitCodes",
          "/spec/executor",
          "/spec/http/headers",
          "/spec/cloudRun/args",
          "/spec/cloudRun/environment",
          "/spec/environment");

  /** Places where a number stays one; everywhere else in a job it becomes text. */
  private static final Set<String> NUMBERS =
      Set.of(
          "/logLimitBytes",
          "/retry/maxAttempts",
          "/retry/jitter",
          "/retry/onExitCodes/*",
          "/spec/cloudRun/taskCount",
          "/priority/level");

  private Placeholders() {}

  /** A job's body without its expressions; unfinished ones are left for others to report. */
  static Json.Obj aside(Json.Obj body) {
    return body.members().isEmpty() ? body : (Json.Obj) keep(aside(body, ""), body);
  }

  private static Json keep(@Nullable Json changed, Json otherwise) {
    return changed == null ? otherwise : changed;
  }

  private static @Nullable Json aside(Json json, String path) {
    return switch (json) {
      case Json.Text t -> isFilled(t) ? standIn(t, path) : t;
      case Json.Arr a -> {
        List<Json> items = new ArrayList<>();
        for (Json item : a.items()) {
          Json changed = aside(item, path + "/*");
          if (changed != null) {
            items.add(changed);
          }
        }
        yield new Json.Arr(items);
      }
      case Json.Obj o -> {
        Map<String, Json> members = new LinkedHashMap<>();
        o.members()
            .forEach(
                (name, member) -> {
                  Json changed = aside(member, path + "/" + name);
                  if (changed != null) {
                    members.put(name, changed);
                  }
                });
        yield new Json.Obj(members);
      }
      default -> json;
    };
  }

  private static @Nullable Json standIn(Json.Text text, String path) {
    if (LEFT_OUT.contains(path)) {
      return null;
    }
    Json special = SPECIAL.get(path);
    if (special != null && !(special instanceof Json.Arr && !isWhole(text))) {
      return special;
    }
    return new Json.Text("x");
  }

  /** Whether it has expressions; secrets alone stay as they are. */
  private static boolean isFilled(Json.Text text) {
    try {
      return Filling.isIn(text.value()) && Filling.of(text.value()).hasExpressions();
    } catch (Filling.Unfinished e) {
      return true;
    }
  }

  private static boolean isWhole(Json.Text text) {
    try {
      return Filling.of(text.value()).isWhole();
    } catch (Filling.Unfinished e) {
      return false;
    }
  }

  /**
   * The value of a whole expression as its place in a job wants it: texts where a job holds texts,
   * numbers where it holds numbers, lists and objects where it holds such.
   */
  static Json fit(Json value, String path) {
    if (path.startsWith("/spec/http/body")) {
      return value;
    }
    return switch (value) {
      case Json.Num n -> NUMBERS.contains(path) ? n : new Json.Text(n.literal());
      case Json.Bool b -> new Json.Text(Boolean.toString(b.value()));
      case Json.Arr a when path.equals("/spec/command") || path.equals("/spec/cloudRun/args") ->
          new Json.Arr(a.items().stream().map(item -> fit(item, path + "/*")).toList());
      case Json.Arr a when !path.equals("/retry/onExitCodes") -> new Json.Text(Filler.text(a));
      case Json.Obj o -> object(o, path);
      default -> value;
    };
  }

  private static Json object(Json.Obj value, String path) {
    return switch (path) {
      case "/labels",
          "/requires",
          "/spec/environment",
          "/spec/http/headers",
          "/spec/cloudRun/environment" -> {
        Map<String, Json> members = new LinkedHashMap<>();
        value
            .members()
            .forEach((name, member) -> members.put(name, fit(member, path + "/" + name)));
        yield new Json.Obj(members);
      }
      case "/retry", "/timeouts", "/priority" -> value;
      default -> new Json.Text(Filler.text(value));
    };
  }
}
