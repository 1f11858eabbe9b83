package io.hodei.cli.command;

import io.hodei.cli.output.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** End a step as succeeded, whatever it was doing. */
@Command(
    name = "succeed",
    description = "End a step as succeeded, whatever it was doing.",
    footer = {
      "",
      "Examples:",
      "  hodei runs succeed 0C7X2M9QK4T1B deploy --reason 'done by hand'",
      "  hodei runs succeed 4T1B deploy --reason 'checked by hand' -o json"
    })
final class RunsSucceedCommand implements Callable<Integer> {
  @Mixin private StepChange change = new StepChange();

  @Option(names = "--outputs", paramLabel = "JSON", description = "What later steps see.")
  private @Nullable String outputs;

  @Override
  public Integer call() {
    Map<String, @Nullable Object> body = Json.object();
    if (outputs != null) {
      body.put("outputs", RunValues.json("--outputs", outputs).value());
    }
    return change.send("succeed", body);
  }
}
