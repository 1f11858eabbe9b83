package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a schedule. */
@Command(
    name = "resume",
    description = "Go on with the next tick from now.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule resume nightly",
      "  hodei schedule resume nightly -o json"
    })
final class ScheduleResumeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    output.one(
        server
            .api()
            .post("/api/v1/schedules/" + Api.encode(schedule) + ":resume", new Json(Json.object())),
        Views.SCHEDULES);
    return ExitCode.OK;
  }
}
