package io.hodei.bench.report;

import java.util.Locale;

/** Which way a figure should go. */
public enum Better {
  MORE,
  LESS,
  /** Tells what was done, or whose share it was; no way is the good one. */
  NEITHER;

  /** Rates and ratios to yardsticks: more. Time, bytes and statements: less. */
  static Better of(String unit) {
    if (unit.endsWith("/s") || unit.equals("×")) {
      return MORE;
    }
    return switch (unit) {
      case "ns", "µs", "ms", "s", "B", "MiB", "statements", "% of one core", "× the smallest" ->
          LESS;
      default -> NEITHER;
    };
  }

  /** As in the JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
