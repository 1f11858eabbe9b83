package io.hodei.cli.output;

import java.util.List;

/** A line of numbers as one line of text: the shape of them, from nothing to the greatest. */
public final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * One character per value, or per several values when there are more than {@code width}: then the
   * greatest of them counts, so that no peak is lost.
   */
  public static String of(List<Double> values, int width) {
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    int columns = Math.min(width, values.size());
    StringBuilder line = new StringBuilder(columns);
    for (int column = 0; column < columns; column++) {
      int from = column * values.size() / columns;
      int to = (column + 1) * values.size() / columns;
      double value =
          values.subList(from, to).stream().mapToDouble(Double::doubleValue).max().orElse(0);
      int level = most <= 0 ? 0 : (int) Math.ceil(value / most * LEVELS.length()) - 1;
      line.append(LEVELS.charAt(Math.clamp(level, 0, LEVELS.length() - 1)));
    }
    return line.toString();
  }
}
