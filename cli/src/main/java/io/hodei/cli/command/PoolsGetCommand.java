package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Show one pool. */
@Command(
    name = "get",
    description = "Show one pool.",
    footer = {"", "Examples:", "  hodei pools get default", "  hodei pools get -o yaml default"})
final class PoolsGetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "POOL", description = "Name of the pool.")
  private String pool = "";

  @Override
  public Integer call() {
    Api api = server.api();
    output.one(api.get("/api/v1/pools/" + Api.encode(pool)), Views.POOLS);
    return ExitCode.OK;
  }
}
