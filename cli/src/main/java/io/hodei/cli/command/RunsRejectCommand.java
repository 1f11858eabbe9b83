package io.hodei.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Say no to a step that waits for approval. */
@Command(
    name = "reject",
    description = "Say no to a step that waits for approval.",
    footer = {
      "",
      "Examples:",
      "  hodei runs reject 0C7X2M9QK4T1B deploy",
      "  hodei runs reject 4T1B deploy -o json"
    })
final class RunsRejectCommand implements Callable<Integer> {
  @Mixin private StepChange change = new StepChange();

  @Override
  public Integer call() {
    return change.send("reject");
  }
}
