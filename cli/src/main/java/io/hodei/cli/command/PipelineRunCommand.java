package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a run of a pipeline. */
@Command(
    name = "run",
    description =
        "Start a run of a pipeline and print its id; with --follow show its steps until it has ended.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline run nightly -p day=2026-11-21 -p full=true",
      "  hodei pipeline run nightly --follow"
    })
final class PipelineRunCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "A parameter; may be repeated.")
  private List<String> parameters = List.of();

  @Option(
      names = "--pipeline-version",
      paramLabel = "N",
      description = "Number of the version; the current one when it is not given.")
  private @Nullable Integer version;

  @Option(
      names = {"-f", "--follow"},
      description = "Show the steps until the run has ended; the exit code is 0 when it succeeded.")
  private boolean follow;

  @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String pipeline = "";

  @Override
  public Integer call() {
    Api api = server.api();
    Map<String, @Nullable Object> body = Json.object();
    body.put("parameters", RunValues.parameters(parameters));
    if (version != null) {
      body.put("version", version);
    }
    Json run = api.post("/api/v1/pipelines/" + Api.encode(pipeline) + "/runs", new Json(body));
    String id = run.string("id");
    if (!follow) {
      Output.write(Plain.of(id) + "\n");
      return ExitCode.OK;
    }
    Output.say("hodei: run " + id);
    return new RunWatch(api, id).follow();
  }
}
