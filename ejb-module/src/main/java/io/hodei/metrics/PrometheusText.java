package io.hodei.metrics;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metric;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Snapshot;
import org.eclipse.microprofile.metrics.Timer;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/** All metrics of the application in Prometheus' text format 0.0.4. */
@Dependent
public class PrometheusText {
  private static final double NANOS = 1e9;

  private final MetricRegistry registry;

  @Inject
  public PrometheusText(
      @RegistryScope(scope = MetricRegistry.APPLICATION_SCOPE) MetricRegistry registry) {
    this.registry = registry;
  }

  public String write() {
    SortedMap<String, SortedMap<String, Metric>> families = new TreeMap<>();
    for (Map.Entry<MetricID, Metric> entry : registry.getMetrics().entrySet()) {
      families
          .computeIfAbsent(entry.getKey().getName(), name -> new TreeMap<>())
          .put(labels(entry.getKey()), entry.getValue());
    }
    StringBuilder out = new StringBuilder(16_384);
    families.forEach((name, members) -> family(out, name, members));
    return out.toString();
  }

  private void family(StringBuilder out, String name, SortedMap<String, Metric> members) {
    String clean = name.replaceAll("[^a-zA-Z0-9_:]", "_");
    String description =
        registry.getMetadata(name) == null
            ? ""
            : registry.getMetadata(name).description().orElse("");
    if (!description.isEmpty()) {
      String oneLine = description.replace("\\", "\\\\").replace("\n", " ");
      out.append("# HELP ").append(clean).append(' ').append(oneLine).append('\n');
    }
    out.append("# TYPE ")
        .append(clean)
        .append(' ')
        .append(type(name, members.sequencedValues().getFirst()))
        .append('\n');
    members.forEach((labels, metric) -> sample(out, clean, labels, metric));
  }

  private static String type(String name, Metric metric) {
    return switch (metric) {
      case Counter c -> "counter";
      // What is counted elsewhere and asked for here only grows, too.
      case Gauge<?> g -> name.endsWith("_total") ? "counter" : "gauge";
      case Timer t -> "summary";
      case Histogram h -> "summary";
      default -> "untyped";
    };
  }

  private static void sample(StringBuilder out, String name, String labels, Metric metric) {
    switch (metric) {
      case Counter counter -> line(out, name, labels, (double) counter.getCount());
      case Gauge<?> gauge -> line(out, name, labels, gauge.getValue().doubleValue());
      case Timer timer ->
          summary(
              out,
              name,
              labels,
              timer.getSnapshot(),
              new double[] {timer.getCount(), timer.getElapsedTime().toNanos() / NANOS, NANOS});
      case Histogram histogram ->
          summary(
              out,
              name,
              labels,
              histogram.getSnapshot(),
              new double[] {histogram.getCount(), histogram.getSum(), 1});
      default -> {}
    }
  }

  /** The totals are: count, sum, and the divisor of the snapshot's values. */
  private static void summary(
      StringBuilder out, String name, String labels, Snapshot snapshot, double[] totals) {
    for (Snapshot.PercentileValue value : snapshot.percentileValues()) {
      String quantile = "quantile=\"" + value.getPercentile() + "\"";
      line(
          out,
          name,
          labels.isEmpty() ? quantile : labels + "," + quantile,
          value.getValue() / totals[2]);
    }
    line(out, name + "_count", labels, totals[0]);
    line(out, name + "_sum", labels, totals[1]);
  }

  private static void line(StringBuilder out, String name, String labels, double value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
    out.append('\n');
  }

  private static String labels(MetricID id) {
    StringBuilder text = new StringBuilder();
    id.getTags()
        .forEach(
            (key, value) -> {
              if (key.startsWith("mp_")) {
                return;
              }
              text.append(text.isEmpty() ? "" : ",")
                  .append(key)
                  .append("=\"")
                  .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                  .append('"');
            });
    return text.toString();
  }
}
