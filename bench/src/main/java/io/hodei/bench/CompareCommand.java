package io.hodei.bench;

import io.hodei.bench.report.Comparison;
import io.hodei.bench.report.Comparison.Verdict;
import io.hodei.cli.dev.Home;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what became worse since the baseline. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compare a report with the baseline, figure by figure.",
      "Ends with 1 when a figure is more than 10 % worse, with 2 when there is nothing to compare."
    })
final class CompareCommand implements Callable<Integer> {
  static final int NOTHING_IN_COMMON = 2;

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "REPORT", description = "What hodei bench --json wrote.")
  private Path report = Path.of("");

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "What it is compared with. Default: bench/baseline.json of the repository")
  private @Nullable Path baseline;

  @Option(
      names = "--accept",
      description = "Afterwards make the report the baseline, whatever it says.")
  private boolean accept;

  @Override
  public Integer call() {
    Path other =
        baseline == null ? Home.directory().resolve("bench").resolve("baseline.json") : baseline;
    Json now = read(report);
    Comparison comparison = Comparison.of(read(other), now);
    PrintWriter out = command.commandLine().getOut();
    comparison.lines().forEach(line -> out.println(text(line)));
    long worse = comparison.worse().size();
    out.printf(
        Locale.ROOT, "%d figures compared, %d more than 10 %% worse%n", comparison.common(), worse);
    out.flush();
    if (accept) {
      copy(report, other);
      return 0;
    }
    if (comparison.common() == 0) {
      command
          .commandLine()
          .getErr()
          .printf(
              "hodei: %s and the report have no figure in common. Measure on a quiet machine, then: hodei bench compare %s --accept%n",
              other, report);
      return NOTHING_IN_COMMON;
    }
    return worse == 0 ? 0 : Bench.FAILED;
  }

  private static String text(Comparison.Line line) {
    String values =
        switch (line.verdict()) {
          case NEW -> String.format(Locale.ROOT, "%,.2f %s", line.now(), line.unit());
          case NOT_MEASURED -> String.format(Locale.ROOT, "%,.2f %s", line.before(), line.unit());
          default ->
              String.format(
                  Locale.ROOT,
                  "%,.2f → %,.2f %s (%+.1f %%)",
                  line.before(),
                  line.now(),
                  line.unit(),
                  line.change() * 100);
        };
    String verdict =
        line.verdict() == Verdict.NEITHER
            ? ""
            : line.verdict().name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return String.format(Locale.ROOT, "%-12s %-60s %s", verdict, line.name(), values);
  }

  private static Json read(Path file) {
    try {
      return Json.parse(Files.readString(file));
    } catch (IOException e) {
      throw new BenchException(
          "%s cannot be read: %s. Write a report with: hodei bench --json %s"
              .formatted(file, e.getClass().getSimpleName(), file),
          e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BenchException("The baseline %s cannot be written: %s".formatted(to, e), e);
    }
  }
}
