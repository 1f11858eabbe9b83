package io.hodei.cli;

import io.hodei.cli.command.HodeiCommand;
import java.util.Set;

/** Starts the command line. */
public final class Hodei {
  private static final Set<String> LISTS = Set.of("agents", "pools", "jobs");

  private Hodei() {}

  public static void main(String[] arguments) {
    String[] called = listing(arguments);
    System.exit(HodeiCommand.forArguments(called).execute(called));
  }

  /** {@code hodei agents} is {@code hodei agents ls}, likewise for pools and jobs. */
  static String[] listing(String[] arguments) {
    boolean alone = arguments.length == 1 && LISTS.contains(arguments[0]);
    return alone ? new String[] {arguments[0], "ls"} : arguments;
  }
}
