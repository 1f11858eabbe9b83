package io.hodei.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Cancel a run. */
@Command(
    name = "cancel",
    description = "Cancel a run.",
    footer = {
      "",
      "Examples:",
      "  hodei runs cancel 0C7X2M9QK4T1B --reason 'wrong input'",
      "  hodei runs cancel 4T1B"
    })
final class RunsCancelCommand implements Callable<Integer> {
  @Mixin private RunChange change = new RunChange();

  @Override
  public Integer call() {
    return change.send("cancel");
  }
}
