package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** List the attempts of a job. */
@Command(
    name = "attempts",
    description = "List the attempts of a job.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs attempts 0C7X2M9QK4T1B",
      "  hodei jobs attempts -o json 0C7X2M9QK4T1B"
    })
final class JobsAttemptsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobTarget job = new JobTarget();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Api api = server.api();
    output.many(api.get(job.path(api) + "/attempts").at("items").elements(), Views.ATTEMPTS);
    return ExitCode.OK;
  }
}
