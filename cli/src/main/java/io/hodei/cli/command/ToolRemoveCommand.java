package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a tool. */
@Command(
    name = "rm",
    description = "Remove a tool; its prompts stay and cannot be run without it.",
    footer = {"", "Examples:", "  hodei tool rm llm", "  hodei tool rm --context staging llm"})
final class ToolRemoveCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the tool.")
  private String name = "";

  @Override
  public Integer call() {
    server.api().call("DELETE", "/api/v1/tools/" + Api.encode(name), null, Map.of());
    return ExitCode.OK;
  }
}
