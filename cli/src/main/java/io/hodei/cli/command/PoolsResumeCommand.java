package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Open a pool again. */
@Command(
    name = "resume",
    description = "Open a pool again.",
    footer = {"", "Examples:", "  hodei pools resume default", "  hodei pools resume gpu -o json"})
final class PoolsResumeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "POOL", description = "Name of the pool.")
  private String pool = "";

  @Override
  public Integer call() {
    Api api = server.api();
    output.one(
        api.post("/api/v1/pools/" + Api.encode(pool) + ":resume", new Json(Json.object())),
        Views.POOLS);
    return ExitCode.OK;
  }
}
