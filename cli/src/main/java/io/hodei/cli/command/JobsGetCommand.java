package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one job. */
@Command(
    name = "get",
    description = "Show one job.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs get 0C7X2M9QK4T1B",
      "  hodei jobs get --fields state,exitCode -o json 4T1B"
    })
final class JobsGetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private JobTarget job = new JobTarget();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private Watching watching = new Watching();

  @Override
  public Integer call() {
    Api api = server.api();
    String path = job.path(api);
    watching.show(() -> output.renderer().one(api.get(path), Views.JOBS));
    return ExitCode.OK;
  }
}
