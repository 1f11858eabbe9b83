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

/** Begins a backfill. */
@Command(
    name = "backfill",
    description = "Fire the ticks of a past range.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule backfill nightly --from 2026-11-01T00:00:00Z --to 2026-11-08T00:00:00Z",
      "  hodei schedule backfill nightly --from 2026-11-01T00:00:00Z --to 2026-11-08T00:00:00Z --concurrency 4"
    })
final class ScheduleBackfillCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--from", required = true, paramLabel = "TIME", description = "First moment.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "Behind the last moment.")
  private String to = "";

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "At most so many jobs at a time (default ${DEFAULT-VALUE}).")
  private int concurrency = 1;

  @Option(names = "--continue-on-failure", description = "Go on when a job fails.")
  private boolean continueOnFailure;

  @Option(names = "--reprocess", description = "Fire also what fired before.")
  private boolean reprocess;

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    Map<String, @Nullable Object> body = Json.object();
    body.put("from", from);
    body.put("to", to);
    body.put("concurrency", concurrency);
    body.put("continueOnFailure", continueOnFailure);
    body.put("reprocess", reprocess);
    output.one(
        server
            .api()
            .post("/api/v1/schedules/" + Api.encode(schedule) + ":backfill", new Json(body)),
        Views.BACKFILLS);
    return ExitCode.OK;
  }
}
