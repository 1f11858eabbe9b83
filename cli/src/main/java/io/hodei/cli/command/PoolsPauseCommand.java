package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Start no more jobs of a pool; new ones are taken and wait. */
@Command(
    name = "pause",
    description = "Start no more jobs of a pool; new ones are taken and wait.",
    footer = {"", "Examples:", "  hodei pools pause default", "  hodei pools pause gpu -o json"})
final class PoolsPauseCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "POOL", description = "Name of the pool.")
  private String pool = "";

  @Override
  public Integer call() {
    Api api = server.api();
    output.one(
        api.post("/api/v1/pools/" + Api.encode(pool) + ":pause", new Json(Json.object())),
        Views.POOLS);
    return ExitCode.OK;
  }
}
