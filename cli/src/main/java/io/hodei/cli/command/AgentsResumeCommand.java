package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Give an agent jobs again. */
@Command(
    name = "resume",
    description = "Give an agent jobs again.",
    footer = {
      "",
      "Examples:",
      "  hodei agents resume agent-1",
      "  hodei agents resume 0C7X2M9QK4T1B"
    })
final class AgentsResumeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "AGENT", description = "Agent id or name.")
  private String agent = "";

  @Override
  public Integer call() {
    Api api = server.api();
    output.one(
        api.post(
            "/api/v1/agents/" + Api.encode(Ids.agent(api, agent)) + ":resume",
            new Json(Json.object())),
        Views.AGENTS);
    return ExitCode.OK;
  }
}
