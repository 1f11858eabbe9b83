package io.hodei.cli;

import io.hodei.cli.command.HodeiCommand;

/** Starts the command line. */
public final class Hodei {
  private Hodei() {}

  public static void main(String[] arguments) {
    System.exit(HodeiCommand.forArguments(arguments).execute(arguments));
  }
}
