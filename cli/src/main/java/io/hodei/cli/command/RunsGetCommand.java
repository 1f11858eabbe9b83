package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one run. */
@Command(
    name = "get",
    description = "Show one run.",
    footer = {"", "Examples:", "  hodei runs get 0C7X2M9QK4T1B", "  hodei runs get -o json 4T1B"})
final class RunsGetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  @Override
  public Integer call() {
    Api api = server.api();
    String path = "/api/v1/runs/" + Ids.run(api, id);
    output.one(api.get(path), Views.RUNS);
    return ExitCode.OK;
  }
}
