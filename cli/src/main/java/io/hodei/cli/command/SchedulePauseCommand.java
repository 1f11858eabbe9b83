package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pauses a schedule. */
@Command(
    name = "pause",
    description = "Fire nothing until it is resumed.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule pause nightly --reason 'disk is full'",
      "  hodei schedule pause nightly"
    })
final class SchedulePauseCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the schedule.")
  private @Nullable String reason;

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    Map<String, @Nullable Object> body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    output.one(
        server.api().post("/api/v1/schedules/" + Api.encode(schedule) + ":pause", new Json(body)),
        Views.SCHEDULES);
    return ExitCode.OK;
  }
}
