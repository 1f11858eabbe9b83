package io.hodei.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begin no more steps of a run; what runs ends. */
@Command(
    name = "pause",
    description = "Begin no more steps of a run; what runs ends.",
    footer = {
      "",
      "Examples:",
      "  hodei runs pause 0C7X2M9QK4T1B",
      "  hodei runs pause 4T1B -o json"
    })
final class RunsPauseCommand implements Callable<Integer> {
  @Mixin private RunChange change = new RunChange();

  @Override
  public Integer call() {
    return change.send("pause");
  }
}
