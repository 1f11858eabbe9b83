package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a pipeline. */
@Command(
    name = "rm",
    description = "Delete a pipeline with all its versions.",
    footer = {"", "Examples:", "  hodei pipeline rm nightly", "  hodei pipeline rm old-one"})
final class PipelineDeleteCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the pipeline.")
  private String name = "";

  @Override
  public Integer call() {
    server.api().call("DELETE", "/api/v1/pipelines/" + Api.encode(name), null, Map.of());
    Output.say("pipeline %s is deleted".formatted(name));
    return ExitCode.OK;
  }
}
