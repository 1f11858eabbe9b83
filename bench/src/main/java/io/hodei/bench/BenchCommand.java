package io.hodei.bench;

import io.hodei.bench.cluster.Installation;
import io.hodei.bench.report.Group;
import io.hodei.bench.report.JsonReport;
import io.hodei.bench.report.Machine;
import io.hodei.bench.report.Markdown;
import io.hodei.bench.report.Report;
import io.hodei.bench.report.Versions;
import io.hodei.bench.suite.Plan;
import io.hodei.bench.suite.Run;
import io.hodei.bench.suite.Suite;
import io.hodei.bench.suite.Suites;
import io.hodei.cli.dev.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts an installation, measures it and prints the report. */
@Command(
    name = "hodei bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure a fresh installation on this machine: PostgreSQL with durable settings, one node, one agent.",
      "Prints Markdown. Ends with another code than 0 when a job is lost or a setting is not durable."
    },
    footer = {
      "",
      "Suites: engine, latency, submit, batch, reads, logs",
      "",
      "Examples:",
      "  hodei bench",
      "  hodei bench engine --jobs 50000 --rounds 5 --json engine.json"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "SUITE", description = "What to measure; all suites when none is named.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the report as JSON to this file.")
  private @Nullable Path json;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Jobs of a round that counts jobs. Default: ${DEFAULT-VALUE}")
  private int jobs;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds that count; one more warms up. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of a round that is a stretch of load. Default: ${DEFAULT-VALUE}")
  private int seconds;

  private final List<String> failures = new ArrayList<>();

  @Override
  public Integer call() {
    if (jobs < 1 || rounds < 1 || seconds < 1) {
      throw new ParameterException(
          command.commandLine(), "--jobs, --rounds and --seconds must be 1 or more");
    }
    List<Suite> suites = Suites.named(names);
    Report report = measure(suites, new Plan(rounds, jobs, Duration.ofSeconds(seconds)));
    print(Markdown.of(report));
    if (json != null) {
      write(json, JsonReport.of(report));
    }
    failures.forEach(failure -> command.commandLine().getErr().println("hodei: " + failure));
    return failures.isEmpty() ? 0 : Bench.FAILED;
  }

  private Report measure(List<Suite> suites, Plan plan) {
    PrintWriter screen = command.commandLine().getErr();
    List<Group> groups = new ArrayList<>();
    try (Installation installation = Installation.start(progress(screen))) {
      Map<String, String> machine = Machine.facts(installation.directory());
      Run run = new Run(installation, plan, line -> say(screen, line), groups);
      for (Suite suite : suites) {
        measure(suite, run, installation);
      }
      return new Report(
          machine,
          Versions.facts(installation.database().setting("server_version")),
          settings(installation, plan),
          groups);
    }
  }

  /** A suite that fails does not take the figures of the others with it. */
  private void measure(Suite suite, Run run, Installation installation) {
    try {
      suite.run(run);
    } catch (BenchException e) {
      failures.add("%s: %s".formatted(suite.name(), e.getMessage()));
      installation.keep();
    }
  }

  private static Map<String, String> settings(Installation installation, Plan plan) {
    Map<String, String> settings = new LinkedHashMap<>(installation.durability());
    for (String name : List.of("wal_sync_method", "shared_buffers", "max_wal_size")) {
      settings.put(name, installation.database().setting(name));
    }
    settings.put("nodes", "1");
    settings.put("agents", "1");
    settings.put("slots", String.valueOf(Installation.SLOTS));
    settings.put("rounds", plan.rounds() + " after 1 to warm up");
    return settings;
  }

  private static void say(PrintWriter screen, String line) {
    screen.println("  " + line);
    screen.flush();
  }

  private static void print(String text) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(text);
    out.flush();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BenchException("The report could not be written to %s: %s".formatted(file, e), e);
    }
  }

  private static Progress progress(PrintWriter screen) {
    return new Progress() {
      @Override
      public void began(String phase) {
        // The end of a phase says enough.
      }

      @Override
      public void ended(String phase, Duration took, String detail) {
        say(screen, "%s ready in %.1f s, %s".formatted(phase, took.toMillis() / 1000.0, detail));
      }

      @Override
      public void note(String message) {
        say(screen, message);
      }
    };
  }
}
