package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tools. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List the tools.",
    footer = {"", "Examples:", "  hodei tool ls", "  hodei tool ls -o json"})
final class ToolListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.many(server.api().get("/api/v1/tools").at("items").elements(), Views.TOOLS);
    return ExitCode.OK;
  }
}
