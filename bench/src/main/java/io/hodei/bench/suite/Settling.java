package io.hodei.bench.suite;

import java.util.List;

/** When rates have stopped rising. */
final class Settling {
  private static final int FEWEST = 3;
  private static final double STILL_RISING = 1.05;

  private Settling() {}

  /** Whether neither of the last two rounds was much better than the best before them. */
  static boolean isSettled(List<Double> rates) {
    int rounds = rates.size();
    if (rounds < FEWEST) {
      return false;
    }
    double best = rates.subList(0, rounds - 2).stream().mapToDouble(rate -> rate).max().orElse(0);
    return rates.get(rounds - 1) < best * STILL_RISING
        && rates.get(rounds - 2) < best * STILL_RISING;
  }
}
