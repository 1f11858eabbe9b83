package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Show one agent. */
@Command(
    name = "get",
    description = "Show one agent.",
    footer = {"", "Examples:", "  hodei agents get agent-1", "  hodei agents get -o yaml agent-1"})
final class AgentsGetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "AGENT", description = "Agent id or name.")
  private String agent = "";

  @Override
  public Integer call() {
    Api api = server.api();
    output.one(api.get("/api/v1/agents/" + Api.encode(Ids.agent(api, agent))), Views.AGENTS);
    return ExitCode.OK;
  }
}
