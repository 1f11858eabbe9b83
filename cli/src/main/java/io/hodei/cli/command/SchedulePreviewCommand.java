package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the ticks to come. */
@Command(
    name = "preview",
    description = "Show when a schedule will fire, and what holds it back.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule preview nightly",
      "  hodei schedule preview nightly --from 2027-03-01T00:00:00Z --to 2027-04-01T00:00:00Z"
    })
final class SchedulePreviewCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--from", paramLabel = "TIME", description = "First moment (default: now).")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Behind the last moment (default: a year later).")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    if (limit < 1 || limit > 1000) {
      throw Failure.usage("--limit takes a number from 1 to 1000");
    }
    String path =
        Api.with(
            "/api/v1/schedules/" + Api.encode(schedule) + "/preview",
            "limit",
            String.valueOf(limit));
    if (from != null) {
      path = Api.with(path, "from", from);
    }
    if (to != null) {
      path = Api.with(path, "to", to);
    }
    Json preview = server.api().get(path);
    output.many(preview.at("items").elements(), Views.TICKS);
    if (preview.isTrue("more")) {
      Output.say("hodei: there are more ticks before " + preview.string("to"));
    }
    return ExitCode.OK;
  }
}
