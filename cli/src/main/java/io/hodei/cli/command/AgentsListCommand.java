package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** List agents. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List agents.",
    footer = {
      "",
      "Examples:",
      "  hodei agents ls",
      "  hodei agents ls -o json --fields name,state,free"
    })
final class AgentsListCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.many(server.api().list("/api/v1/agents", MOST), Views.AGENTS);
    return ExitCode.OK;
  }
}
