package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.context.Contexts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chooses the context of the commands that follow. */
@Command(
    name = "use",
    description = "Use a context from now on.",
    footer = {"", "Examples:", "  hodei context use prod", "  hodei context use dev"})
final class ContextUseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name from: hodei context ls")
  private String name = "";

  @Override
  public Integer call() {
    Contexts.ofUser().use(name);
    Output.say("Context %s is in use.".formatted(name));
    return ExitCode.OK;
  }
}
