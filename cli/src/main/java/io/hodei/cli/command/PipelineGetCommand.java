package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one pipeline. */
@Command(
    name = "get",
    description = "Show one pipeline with its current definition.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline get nightly",
      "  hodei pipeline get -o yaml nightly"
    })
final class PipelineGetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the pipeline.")
  private String name = "";

  @Override
  public Integer call() {
    output.one(server.api().get("/api/v1/pipelines/" + Api.encode(name)), Views.PIPELINES);
    return ExitCode.OK;
  }
}
