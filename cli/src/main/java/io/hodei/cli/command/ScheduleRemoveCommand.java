package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a schedule. */
@Command(
    name = "rm",
    description = "Remove a schedule and its firings; its jobs stay.",
    footer = {"", "Examples:", "  hodei schedule rm nightly", "  hodei schedule rm 0C7X2M9QK4T1B"})
final class ScheduleRemoveCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    server.api().call("DELETE", "/api/v1/schedules/" + Api.encode(schedule), null, Map.of());
    return ExitCode.OK;
  }
}
