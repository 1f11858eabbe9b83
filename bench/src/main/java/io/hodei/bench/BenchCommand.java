package io.hodei.bench;

import io.hodei.bench.cluster.Installation;
import io.hodei.bench.cluster.Topology;
import io.hodei.bench.cluster.Workplace;
import io.hodei.bench.report.Machine;
import io.hodei.bench.report.Publication;
import io.hodei.bench.report.Versions;
import io.hodei.bench.suite.Plan;
import io.hodei.bench.suite.Run;
import io.hodei.bench.suite.Suite;
import io.hodei.bench.suite.Suites;
import io.hodei.cli.dev.Progress;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts installations, measures them and prints the report. */
@Command(
    name = "hodei bench",
    mixinStandardHelpOptions = true,
    subcommands = CompareCommand.class,
    description = {
      "Measure fresh installations on this machine: PostgreSQL with durable settings, nodes, agents.",
      "Prints Markdown, each group when it is ready. Ends with another code than 0 when a job is lost or a setting is not durable."
    },
    footer = {
      "",
      "Examples:",
      "  hodei bench",
      "  hodei bench engine --jobs 50000 --rounds 5 --json engine.json",
      "  hodei bench compare engine.json"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "SUITE",
      description = "What to measure; all suites but users when none is named.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description = "The same as naming the suite; may be repeated.")
  private List<String> more = new ArrayList<>();

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
      description = "Rounds that count, after a warm-up. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of a round that is a stretch of load. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      split = ",",
      defaultValue = "10000,1000000,10000000",
      description =
          "Numbers of queued jobs that the suite backlog compares; the last one also finished. Default: ${DEFAULT-VALUE}")
  private List<Integer> backlogs = new ArrayList<>();

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "0.1",
      description =
          "Shortens the stages of the suite users, whose full length is 15 minutes. Default: ${DEFAULT-VALUE}")
  private double scale;

  @Option(
      names = "--quick",
      description = "Only see that it works: one small round. The figures mean nothing.")
  private boolean quick;

  private final List<String> failures = new ArrayList<>();

  @Override
  public Integer call() {
    List<Suite> suites = Suites.named(Stream.concat(names.stream(), more.stream()).toList());
    measure(suites, plan());
    failures.forEach(failure -> command.commandLine().getErr().println("hodei: " + failure));
    return failures.isEmpty() ? 0 : Bench.FAILED;
  }

  private Plan plan() {
    boolean empty = backlogs.isEmpty() || backlogs.stream().anyMatch(size -> size < 1);
    if (jobs < 1 || rounds < 1 || seconds < 1 || scale <= 0 || empty) {
      throw new ParameterException(
          command.commandLine(),
          "--jobs, --rounds, --seconds, --backlog and --scale must be more than 0");
    }
    List<Integer> sizes = backlogs.stream().sorted().toList();
    return quick
        ? new Plan(
            1, Math.min(jobs, 2_000), Duration.ofSeconds(1), true, List.of(1_000, 10_000), 0.005)
        : new Plan(rounds, jobs, Duration.ofSeconds(seconds), false, sizes, scale);
  }

  private void measure(List<Suite> suites, Plan plan) {
    Progress progress = progress(command.commandLine().getErr());
    try (Workplace workplace = Workplace.fresh(progress)) {
      Publication publication =
          new Publication(
              new PrintStream(System.out, true, StandardCharsets.UTF_8),
              json,
              Machine.facts(workplace.directory()));
      publication.facts(Versions.facts(), Map.of("rounds", rounds(plan)));
      for (Topology topology : Topology.values()) {
        List<Suite> here =
            suites.stream().filter(suite -> suite.topologies().contains(topology)).toList();
        if (!here.isEmpty()) {
          measure(here, topology, plan, publication, workplace, progress);
        }
      }
    }
  }

  private void measure(
      List<Suite> suites,
      Topology topology,
      Plan plan,
      Publication publication,
      Workplace workplace,
      Progress progress) {
    if (topology == Topology.NOTHING) {
      suites.forEach(
          suite -> measure(suite, new Run(null, plan, progress::note, publication), workplace));
      return;
    }
    try (Installation installation =
        Installation.start(topology, workplace.directory(), progress)) {
      publication.facts(
          Map.of("PostgreSQL", installation.database().setting("server_version")),
          settings(installation));
      Run run = new Run(installation, plan, progress::note, publication);
      suites.forEach(suite -> measure(suite, run, workplace));
    } catch (RuntimeException e) {
      workplace.keep();
      throw e;
    }
  }

  /** A suite that fails does not take the figures of the others with it. */
  private void measure(Suite suite, Run run, Workplace workplace) {
    try {
      suite.run(run);
    } catch (BenchException e) {
      failures.add("%s: %s".formatted(suite.name(), e.getMessage()));
      workplace.keep();
    }
  }

  private static String rounds(Plan plan) {
    return plan.quick() ? "1 quick one, figures mean nothing" : plan.rounds() + " after a warm-up";
  }

  private static Map<String, String> settings(Installation installation) {
    Map<String, String> settings = new LinkedHashMap<>(installation.durability());
    for (String name : List.of("wal_sync_method", "shared_buffers", "max_wal_size")) {
      settings.put(name, installation.database().setting(name));
    }
    settings.put("statements by", installation.database().statementsAre());
    settings.put("slots of an agent", String.valueOf(Installation.SLOTS));
    settings.put("profile", Installation.PROFILE);
    return settings;
  }

  private static Progress progress(PrintWriter screen) {
    return new Progress() {
      @Override
      public void began(String phase) {
        // The end of a phase says enough.
      }

      @Override
      public void ended(String phase, Duration took, String detail) {
        note("%s ready in %.1f s, %s".formatted(phase, took.toMillis() / 1000.0, detail));
      }

      @Override
      public void note(String message) {
        screen.println("  " + message);
        screen.flush();
      }
    };
  }
}
