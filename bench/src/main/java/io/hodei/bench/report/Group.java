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
 */
public record Group(String path, String what, List<Values> rounds) {

  /**
   * One figure over all rounds.
   *
   * @param name {@code jobsPerSecond}
   */
  public record Figure(String name, String unit, Spread spread) {}

  public List<Figure> figures() {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    Map<String, String> units = new LinkedHashMap<>();
    for (Values round : rounds) {
      round
          .all()
          .forEach(
              (name, value) -> {
                numbers.computeIfAbsent(name, first -> new ArrayList<>()).add(value.number());
                units.put(name, value.unit());
              });
    }
    List<Figure> figures = new ArrayList<>();
    numbers.forEach(
        (name, values) ->
            figures.add(new Figure(name, units.getOrDefault(name, ""), new Spread(values))));
    return figures;
  }
}
