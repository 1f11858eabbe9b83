package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists firings. */
@Command(
    name = "firings",
    description = "List what became of the ticks of a schedule, the newest first.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule firings nightly",
      "  hodei schedule firings nightly --state FAILED -o json"
    })
final class ScheduleFiringsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "STARTED, BUFFERED, SKIPPED, REFUSED, or a state in which jobs end.")
  private @Nullable String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Parameters(paramLabel = "SCHEDULE", description = "Name or id of the schedule.")
  private String schedule = "";

  @Override
  public Integer call() {
    if (limit < 1) {
      throw Failure.usage("--limit takes a number of 1 or more");
    }
    String path = "/api/v1/schedules/" + Api.encode(schedule) + "/firings";
    if (state != null) {
      path = Api.with(path, "state", state.toUpperCase(Locale.ROOT));
    }
    output.many(server.api().list(path, limit), Views.FIRINGS);
    return ExitCode.OK;
  }
}
