package io.hodei.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begin steps of a run again. */
@Command(
    name = "resume",
    description = "Begin steps of a run again.",
    footer = {
      "",
      "Examples:",
      "  hodei runs resume 0C7X2M9QK4T1B",
      "  hodei runs resume 4T1B -o json"
    })
final class RunsResumeCommand implements Callable<Integer> {
  @Mixin private RunTarget run = new RunTarget();

  @Override
  public Integer call() {
    return run.send("resume");
  }
}
