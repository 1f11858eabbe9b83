package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one schedule. */
@Command(
    name = "get",
    description = "Show one schedule.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule get nightly",
      "  hodei schedule get nightly -o json"
    })
final class ScheduleGetCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    output.one(server.api().get("/api/v1/schedules/" + Api.encode(schedule)), Views.SCHEDULES);
    return ExitCode.OK;
  }
}
