package io.hodei.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** End a step as skipped, whatever it was doing. */
@Command(
    name = "skip",
    description = "End a step as skipped, whatever it was doing.",
    footer = {
      "",
      "Examples:",
      "  hodei runs skip 0C7X2M9QK4T1B deploy",
      "  hodei runs skip 4T1B deploy -o json"
    })
final class RunsSkipCommand implements Callable<Integer> {
  @Mixin private StepChange change = new StepChange();

  @Override
  public Integer call() {
    return change.send("skip");
  }
}
