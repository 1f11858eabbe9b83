package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs, newest first. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List jobs, the newest first.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs ls --state FAILED,TIMED_OUT --label team=data",
      "  hodei jobs ls --watch --pool gpu"
    })
final class JobsListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private Watching watching = new Watching();
  @Mixin private JobFilters filters = new JobFilters();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw Failure.usage("--limit takes a number of 1 or more");
    }
    Api api = server.api();
    String path = filters.path("/api/v1/jobs");
    watching.show(() -> output.renderer().many(api.list(path, limit), Views.JOBS));
    return ExitCode.OK;
  }
}
