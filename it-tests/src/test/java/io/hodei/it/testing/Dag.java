package io.hodei.it.testing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random pipeline whose failures stop only what depends on them, and an oracle that says how each
 * step must end: written from the definition, without the product's code.
 */
public final class Dag {
  private final String name;
  private final List<Step> steps = new ArrayList<>();

  private record Step(
      String id, List<Integer> dependsOn, String when, boolean fails, boolean mayFail, int items) {}

  /** With at most so many steps. */
  public Dag(String name, int most, Random random) {
    this.name = name;
    int count = 2 + random.nextInt(most - 1);
    for (int i = 0; i < count; i++) {
      List<Integer> dependsOn = new ArrayList<>();
      for (int tries = random.nextInt(4); tries > 0 && i > 0; tries--) {
        int other = Math.max(0, i - 1 - random.nextInt(12));
        if (!dependsOn.contains(other)) {
          dependsOn.add(other);
        }
      }
      int dice = random.nextInt(100);
      steps.add(
          new Step(
              "s" + i,
              dependsOn,
              dice < 4 ? "false" : dice < 10 ? "true" : "",
              dice >= 10 && dice < 14,
              random.nextInt(10) == 0,
              dice >= 90 && dice < 94 ? 1 + random.nextInt(4) : 0));
    }
  }

  public String name() {
    return name;
  }

  public int size() {
    return steps.size();
  }

  /** The document. */
  public JsonObject document() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (Step step : steps) {
      JsonObjectBuilder one = Json.createObjectBuilder().add("id", step.id);
      if (!step.dependsOn.isEmpty()) {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        step.dependsOn.forEach(other -> ids.add("s" + other));
        one.add("dependsOn", ids);
      }
      if (!step.when.isEmpty()) {
        one.add("when", step.when);
      }
      if (step.mayFail) {
        one.add("allowFailure", true);
      }
      if (step.items > 0) {
        JsonArrayBuilder values = Json.createArrayBuilder();
        for (int i = 0; i < step.items; i++) {
          values.add(i);
        }
        one.add("matrix", Json.createObjectBuilder().add("n", values)).add("maxParallel", 2);
      }
      JsonObjectBuilder spec = Json.createObjectBuilder();
      if (step.fails) {
        spec.add("command", Json.createArrayBuilder().add("false"));
      } else {
        spec.add("executor", "noop");
      }
      all.add(one.add("job", Json.createObjectBuilder().add("spec", spec)));
    }
    return Json.createObjectBuilder()
        .add("name", name)
        .add("failurePolicy", "CONTINUE")
        .add("steps", all)
        .build();
  }

  /** How each step must end. */
  public Map<String, String> ends() {
    Map<String, String> ends = new LinkedHashMap<>();
    for (Step step : steps) {
      boolean blocked =
          step.dependsOn.stream().map(steps::get).anyMatch(other -> !lets(other, ends));
      String end = step.fails ? "FAILED" : "SUCCEEDED";
      if (step.when.equals("false") || (blocked && step.when.isEmpty())) {
        end = "SKIPPED";
      }
      ends.put(step.id, end);
    }
    return ends;
  }

  /** How the run must end. */
  public String end() {
    Map<String, String> ends = ends();
    return steps.stream().anyMatch(step -> "FAILED".equals(ends.get(step.id)) && !step.mayFail)
        ? "FAILED"
        : "SUCCEEDED";
  }

  private static boolean lets(Step step, Map<String, String> ends) {
    String end = ends.getOrDefault(step.id, "");
    return end.equals("SUCCEEDED") || (end.equals("FAILED") && step.mayFail);
  }
}
