package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a run until it has ended. */
@Command(
    name = "watch",
    description =
        "Show a run and its steps until it has ended; the exit code is 0 when it succeeded, else 1.",
    footer = {"", "Examples:", "  hodei runs watch 0C7X2M9QK4T1B", "  hodei runs watch 4T1B"})
final class RunsWatchCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(
      paramLabel = "RUN",
      description = "Run id, or a part of it that only one recent run has.")
  private String id = "";

  @Override
  public Integer call() {
    Api api = server.api();
    return new RunWatch(api, Ids.run(api, id)).follow();
  }
}
