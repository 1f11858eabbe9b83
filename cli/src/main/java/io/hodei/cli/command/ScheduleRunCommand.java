package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the job of a schedule now. */
@Command(
    name = "run",
    description = "Make the job of a schedule now, whatever runs.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule run nightly",
      "  hodei schedule run nightly -o id"
    })
final class ScheduleRunCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    output.one(
        server
            .api()
            .post("/api/v1/schedules/" + Api.encode(schedule) + ":run", new Json(Json.object())),
        Views.FIRINGS);
    return ExitCode.OK;
  }
}
