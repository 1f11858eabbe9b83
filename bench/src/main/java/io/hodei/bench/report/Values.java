package io.hodei.bench.report;

import io.hodei.bench.load.Latencies;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one round measured: figures by name, in order. */
public final class Values {
  /** A number and its unit, such as {@code jobs/s}. */
  public record Value(double number, String unit) {}

  private final Map<String, Value> all = new LinkedHashMap<>();

  /** Adds a figure; what is not a number is left out. */
  public Values put(String name, double number, String unit) {
    if (Double.isNaN(number)) {
      return this;
    }
    all.put(name, new Value(number, unit));
    return this;
  }

  /** The three percentiles that everybody asks for. */
  public Values putPercentiles(String prefix, Latencies latencies) {
    return put(prefix + "P50Millis", latencies.millis(0.50), "ms")
        .put(prefix + "P95Millis", latencies.millis(0.95), "ms")
        .put(prefix + "P99Millis", latencies.millis(0.99), "ms");
  }

  /** One figure of this round. */
  public double number(String name) {
    Value value = all.get(name);
    return value == null ? Double.NaN : value.number();
  }

  public Map<String, Value> all() {
    return all;
  }
}
