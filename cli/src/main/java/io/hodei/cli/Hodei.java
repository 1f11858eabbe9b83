package io.hodei.cli;

import io.hodei.cli.command.DevCommand;
import picocli.CommandLine;

/** Starts the command line. */
public final class Hodei {
  private Hodei() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DevCommand()).execute(arguments));
  }
}
