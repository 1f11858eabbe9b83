package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Submit a finished job again, as a new job. */
@Command(
    name = "retry",
    description = "Submit a finished job again, as a new job.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs retry 0C7X2M9QK4T1B",
      "  hodei jobs retry -o id 0C7X2M9QK4T1B"
    })
final class JobsRetryCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobTarget job = new JobTarget();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Api api = server.api();
    output.one(api.post(job.path(api) + ":retry", new Json(Json.object())), Views.JOBS);
    return ExitCode.OK;
  }
}
