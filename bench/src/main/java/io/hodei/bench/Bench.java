package io.hodei.bench;

import io.hodei.cli.dev.DevException;
import picocli.CommandLine;

/** Starts the benchmark. */
public final class Bench {
  static final int FAILED = 1;

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** What is refused is told in one line; anything else is a mistake here and shows its trace. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchCommand())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              switch (failure) {
                case BenchException known -> line.getErr().println("hodei: " + known.getMessage());
                case DevException part -> line.getErr().println("hodei: " + part.getMessage());
                default -> failure.printStackTrace(line.getErr());
              }
              return FAILED;
            });
  }
}
