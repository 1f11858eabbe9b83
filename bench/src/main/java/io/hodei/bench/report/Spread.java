package io.hodei.bench.report;

import java.util.List;

/** The values of one figure, one per round, in the order of the rounds; at least one. */
public record Spread(List<Double> rounds) {
  public Spread {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("A figure needs at least one round.");
    }
  }

  /** The middle one, or the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double min() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
