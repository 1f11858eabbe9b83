package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = {"-w", "--watch"},
      description = "Show again every two seconds until Ctrl-C.")
  private boolean watch;

  @Parameters(
      paramLabel = "ID",
      description = "Job id, or a part of it that only one recent job has.")
  private String id = "";

  @Override
  public Integer call() {
    Api api = server.api();
    String path = "/api/v1/jobs/" + Ids.job(api, id);
    if (watch) {
      Watching.every(() -> output.renderer().one(api.get(path), Views.JOBS));
    }
    output.one(api.get(path), Views.JOBS);
    return ExitCode.OK;
  }
}
