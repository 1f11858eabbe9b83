package io.hodei.cli.command;

import io.hodei.cli.output.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Send a signal to a run. */
@Command(
    name = "signal",
    description = "Send a signal to a run.",
    footer = {
      "",
      "Examples:",
      "  hodei runs signal 0C7X2M9QK4T1B go --payload '{\"ok\":true}'",
      "  hodei runs signal 4T1B go"
    })
final class RunsSignalCommand implements Callable<Integer> {
  @Mixin private RunTarget run = new RunTarget();

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "Becomes the outputs of the steps that wait for it.")
  private @Nullable String payload;

  @Parameters(index = "1", paramLabel = "NAME", description = "Name of the signal.")
  private String name = "";

  @Override
  public Integer call() {
    Map<String, @Nullable Object> body = Json.object();
    body.put("name", name);
    if (payload != null) {
      body.put("payload", RunValues.json("--payload", payload).value());
    }
    return run.send("signal", body);
  }
}
