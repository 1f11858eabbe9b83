package io.hodei.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures that belong together.
 *
 * @param path where they stand in the JSON: {@code engine.endToEnd}
 * @param what what was done, in one line
 * @param rounds at least one, all with the same figures
 * @param ratios figures that follow from medians of this group and of others
 */
public record Group(String path, String what, List<Values> rounds, Values ratios) {
  public Group(String path, String what, List<Values> rounds) {
    this(path, what, rounds, new Values());
  }

  /**
   * One figure over all rounds.
   *
   * @param name {@code jobsPerSecond}
   */
  public record Figure(String name, String unit, Spread spread) {
    public Better better() {
      return Better.of(unit);
    }
  }

  public List<Figure> figures() {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    Map<String, String> units = new LinkedHashMap<>();
    for (Values round : rounds) {
      collect(round, numbers, units);
    }
    collect(ratios, numbers, units);
    List<Figure> figures = new ArrayList<>();
    numbers.forEach(
        (name, values) ->
            figures.add(new Figure(name, units.getOrDefault(name, ""), new Spread(values))));
    return figures;
  }

  /** The median of a figure; not a number when this group has none of that name. */
  public double median(String name) {
    return figures().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(figure -> figure.spread().median())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void collect(
      Values values, Map<String, List<Double>> numbers, Map<String, String> units) {
    values
        .all()
        .forEach(
            (name, value) -> {
              numbers.computeIfAbsent(name, first -> new ArrayList<>()).add(value.number());
              units.put(name, value.unit());
            });
  }
}
