package io.hodei.bench;

import io.hodei.bench.suite.Suites;
import io.hodei.cli.dev.DevException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Starts the benchmark. */
public final class Bench {
  static final int FAILED = 1;

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** What is refused is told in one line; anything else is a mistake here and shows its trace. */
  static CommandLine commandLine() {
    CommandLine bench = new CommandLine(new BenchCommand());
    listSuites(bench);
    return bench.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          switch (failure) {
            case BenchException known -> line.getErr().println("hodei: " + known.getMessage());
            case DevException part -> line.getErr().println("hodei: " + part.getMessage());
            default -> failure.printStackTrace(line.getErr());
          }
          return FAILED;
        });
  }

  /** The help cannot forget a suite: it is made from what there is. */
  private static void listSuites(CommandLine bench) {
    Map<String, String> suites = new LinkedHashMap<>();
    Suites.ALL.forEach(suite -> suites.put("  " + suite.name(), suite.what()));
    bench
        .getHelpSectionMap()
        .put("suites", help -> "%nSuites:%n".formatted() + help.createTextTable(suites));
    List<String> sections = new ArrayList<>(bench.getHelpSectionKeys());
    sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), "suites");
    bench.setHelpSectionKeys(sections);
  }
}
