package io.hodei.bench.report;

import io.hodei.cli.output.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two reports side by side, figure by figure. */
public record Comparison(List<Line> lines) {
  /** What is worse by more than this share counts. */
  static final double TOLERANCE = 0.10;

  /**
   * One figure of both reports.
   *
   * @param name {@code engine.endToEnd.jobsPerSecond}
   * @param change of the new one against the old one: 0.1 is 10 % more
   */
  public record Line(
      String name, String unit, double before, double now, double change, Verdict verdict) {}

  /** What a change means. */
  public enum Verdict {
    BETTER,
    SAME,
    WORSE,
    /** No way is the good one. */
    NEITHER,
    /** Only the baseline has it. */
    NOT_MEASURED,
    /** Only the report has it. */
    NEW
  }

  private record Figure(String unit, String better, double median) {}

  /**
   * Compares two reports in the form of {@link JsonReport}; settings and machines are not looked
   * at.
   */
  public static Comparison of(Json baseline, Json report) {
    Map<String, Figure> before = new LinkedHashMap<>();
    Map<String, Figure> now = new LinkedHashMap<>();
    collect("", baseline, before);
    collect("", report, now);
    List<Line> lines = new ArrayList<>();
    before.forEach((name, figure) -> lines.add(line(name, figure, now.get(name))));
    now.forEach(
        (name, figure) -> {
          if (!before.containsKey(name)) {
            lines.add(
                new Line(
                    name, figure.unit(), Double.NaN, figure.median(), Double.NaN, Verdict.NEW));
          }
        });
    return new Comparison(lines);
  }

  public List<Line> worse() {
    return lines.stream().filter(line -> line.verdict() == Verdict.WORSE).toList();
  }

  /** How many figures both have. */
  public long common() {
    return lines.stream()
        .filter(line -> line.verdict() != Verdict.NEW && line.verdict() != Verdict.NOT_MEASURED)
        .count();
  }

  private static Line line(
      String name, Figure before, @org.jspecify.annotations.Nullable Figure now) {
    if (now == null) {
      return new Line(
          name, before.unit(), before.median(), Double.NaN, Double.NaN, Verdict.NOT_MEASURED);
    }
    double change =
        before.median() == now.median()
            ? 0
            : (now.median() - before.median()) / Math.abs(before.median());
    return new Line(
        name, now.unit(), before.median(), now.median(), change, verdict(now.better(), change));
  }

  private static Verdict verdict(String better, double change) {
    double gain =
        switch (better) {
          case "more" -> change;
          case "less" -> -change;
          default -> Double.NaN;
        };
    if (Double.isNaN(gain)) {
      return Verdict.NEITHER;
    }
    return gain < -TOLERANCE ? Verdict.WORSE : gain > TOLERANCE ? Verdict.BETTER : Verdict.SAME;
  }

  private static void collect(String path, Json at, Map<String, Figure> into) {
    Json spread = at.at("spread");
    if (spread.isObject()) {
      spread
          .members()
          .forEach(
              (name, figure) ->
                  into.put(
                      path + name,
                      new Figure(
                          figure.string("unit"),
                          figure.string("better"),
                          Double.parseDouble(at.string(name)))));
    }
    at.members()
        .forEach(
            (name, member) -> {
              if (!name.equals("spread") && member.isObject()) {
                collect(path + name + ".", member, into);
              }
            });
  }
}
