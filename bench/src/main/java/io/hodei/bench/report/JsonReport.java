package io.hodei.bench.report;

import io.hodei.cli.output.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report for programs: {@code engine.endToEnd.jobsPerSecond} is the median, {@code
 * engine.endToEnd.spread.jobsPerSecond} holds the rounds.
 */
public final class JsonReport {
  private JsonReport() {}

  public static String of(Report report) {
    Map<String, @Nullable Object> root = Json.object();
    root.put("machine", report.machine());
    root.put("versions", report.versions());
    root.put("settings", report.settings());
    for (Group group : report.groups()) {
      fill(place(root, group.path()), group);
    }
    return new Json(root).pretty() + "\n";
  }

  private static void fill(Map<String, @Nullable Object> place, Group group) {
    Map<String, @Nullable Object> spreads = Json.object();
    for (Group.Figure figure : group.figures()) {
      place.put(figure.name(), figure.spread().median());
      Map<String, @Nullable Object> spread = Json.object();
      spread.put("unit", figure.unit());
      spread.put("better", figure.better().text());
      spread.put("min", figure.spread().min());
      spread.put("max", figure.spread().max());
      spread.put("rounds", figure.spread().rounds());
      spreads.put(figure.name(), spread);
    }
    place.put("spread", spreads);
  }

  @SuppressWarnings("unchecked") // Every object below the root was made by Json.object() here.
  private static Map<String, @Nullable Object> place(
      Map<String, @Nullable Object> root, String path) {
    Map<String, @Nullable Object> at = root;
    for (String step : path.split("\\.")) {
      at = (Map<String, @Nullable Object>) at.computeIfAbsent(step, missing -> Json.object());
    }
    return at;
  }
}
