package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows which build this is. */
@Command(
    name = "version",
    description = "Show the version of this command and of its JDK.",
    footer = {"", "Examples:", "  hodei version", "  hodei version | cut -d, -f1"})
final class VersionCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Output.write(text() + "\n");
    return ExitCode.OK;
  }

  static String text() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return "hodei %s, JDK %s"
        .formatted(
            version == null ? "(not packaged)" : version, System.getProperty("java.version"));
  }
}
