package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  @Override
  public Integer call() {
    Api api = server.api();
    Map<String, @Nullable Object> body = Json.object();
    output.one(
        api.post("/api/v1/runs/" + Ids.run(api, id) + ":resume", new Json(body)), Views.RUNS);
    return ExitCode.OK;
  }
}
