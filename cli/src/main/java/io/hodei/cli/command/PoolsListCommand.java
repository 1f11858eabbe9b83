package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** List pools. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List pools.",
    footer = {"", "Examples:", "  hodei pools ls", "  hodei pools ls -o json"})
final class PoolsListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.many(server.api().get("/api/v1/pools").at("items").elements(), Views.POOLS);
    return ExitCode.OK;
  }
}
