package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the versions of a pipeline. */
@Command(
    name = "versions",
    description = "List the versions of a pipeline, the newest first.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline versions nightly",
      "  hodei pipeline versions nightly -o ndjson"
    })
final class PipelineVersionsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Parameters(paramLabel = "NAME", description = "Name of the pipeline.")
  private String name = "";

  @Override
  public Integer call() {
    if (limit < 1) {
      throw Failure.usage("--limit takes a number of 1 or more");
    }
    String path = "/api/v1/pipelines/" + Api.encode(name) + "/versions";
    output.many(server.api().list(path, limit), Views.PIPELINE_VERSIONS);
    return ExitCode.OK;
  }
}
