package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Format;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import io.hodei.cli.output.Sparkline;
import io.hodei.cli.output.View;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an attempt used over time. */
@Command(
    name = "resources",
    description = "Show the CPU and memory that a job used over time.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs resources 0C7X2M9QK4T1B",
      "  hodei jobs resources --watch 4T1B",
      "  hodei jobs resources --attempt 1 -o json 4T1B"
    })
final class JobsResourcesCommand implements Callable<Integer> {
  private static final View VIEW = View.of("attempt", "attempt", "peakMemoryBytes", "cpuMicros");
  private static final int WIDTH = 60;
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobTarget job = new JobTarget();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private Watching watching = new Watching();

  @Option(names = "--attempt", paramLabel = "N", description = "Attempt (default: the last one).")
  private long attempt;

  @Override
  public Integer call() {
    Api api = server.api();
    String all = job.path(api) + "/resources";
    String path = attempt == 0 ? all : Api.with(all, "attempt", String.valueOf(attempt));
    watching.show(() -> text(api.get(path)));
    return ExitCode.OK;
  }

  private String text(Json usage) {
    return output.renderer().format() == Format.table
        ? picture(usage)
        : output.renderer().one(usage, VIEW);
  }

  /** Two lines of what was used, or the sentence that says why there is nothing to draw. */
  static String picture(Json usage) {
    List<Double> cores = numbers(usage.at("cpuCores"));
    List<Double> memory = numbers(usage.at("memoryBytes"));
    StringBuilder text = new StringBuilder();
    text.append("Attempt ").append(usage.number("attempt", 0));
    if (cores.isEmpty()) {
      text.append(": ").append(Plain.of(usage.string("note"))).append('\n');
    } else {
      text.append(
          String.format(
              Locale.ROOT,
              ": %s measured, a point each %s\n",
              time(usage.number("coveredMillis", 0)),
              time(usage.number("stepMillis", 0))));
      text.append(
          String.format(Locale.ROOT, "CPU     %s  most %.2f cores\n", line(cores), most(cores)));
      text.append(
          String.format(Locale.ROOT, "Memory  %s  most %s\n", line(memory), bytes(most(memory))));
    }
    long micros = usage.number("cpuMicros", -1);
    if (micros >= 0) {
      text.append(String.format(Locale.ROOT, "CPU time %.2f s", micros / 1e6));
      long peak = usage.number("peakMemoryBytes", -1);
      text.append(peak >= 0 ? ", peak memory " + bytes((double) peak) + "\n" : "\n");
    }
    return text.toString();
  }

  private static List<Double> numbers(Json array) {
    return array.elements().stream()
        .<Double>map(each -> each.value() instanceof Number number ? number.doubleValue() : 0.0)
        .toList();
  }

  private static String line(List<Double> values) {
    return Sparkline.of(values, WIDTH);
  }

  private static double most(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static String time(long millis) {
    long seconds = millis / 1000;
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d m", seconds / 3600, seconds / 60 % 60);
  }

  private static String bytes(double bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= 1024 && unit < UNITS.size() - 1) {
      rest /= 1024;
      unit++;
    }
    String digits = String.format(Locale.ROOT, unit == 0 || rest >= 10 ? "%.0f" : "%.1f", rest);
    return digits + " " + UNITS.get(unit);
  }
}
