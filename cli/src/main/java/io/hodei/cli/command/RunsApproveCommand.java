package io.hodei.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Say yes to a step that waits for approval. */
@Command(
    name = "approve",
    description = "Say yes to a step that waits for approval.",
    footer = {
      "",
      "Examples:",
      "  hodei runs approve 0C7X2M9QK4T1B deploy",
      "  hodei runs approve 4T1B deploy -o json"
    })
final class RunsApproveCommand implements Callable<Integer> {
  @Mixin private StepChange change = new StepChange();

  @Override
  public Integer call() {
    return change.send("approve");
  }
}
