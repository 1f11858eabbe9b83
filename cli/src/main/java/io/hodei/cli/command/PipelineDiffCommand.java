package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what differs between two versions. */
@Command(
    name = "diff",
    description = "Show what differs between two versions of a pipeline.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline diff nightly --from 1",
      "  hodei pipeline diff nightly --from 1 --to 3"
    })
final class PipelineDiffCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--from", required = true, paramLabel = "N", description = "A version.")
  private int from;

  @Option(names = "--to", paramLabel = "N", description = "Another version (default: the current).")
  private @Nullable Integer to;

  @Parameters(paramLabel = "NAME", description = "Name of the pipeline.")
  private String name = "";

  @Override
  public Integer call() {
    String path = "/api/v1/pipelines/" + Api.encode(name) + "/diff?from=" + from;
    Json diff = server.api().get(to == null ? path : path + "&to=" + to);
    Output.write(PipelineChanges.text(diff.at("changes")));
    return ExitCode.OK;
  }
}
