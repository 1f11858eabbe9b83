package io.hodei.cli;

import io.hodei.cli.command.DevCommand;
import picocli.CommandLine;

/** Starts the command line. */
public final class Hodei {
  private Hodei() {}

  @CommandLine.Command(name = "hodei")
  static final class Top {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Top()).addSubcommand(new DevCommand()).execute(arguments));
  }
}
