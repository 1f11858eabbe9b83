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

/** Lists schedules, newest first. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List schedules, the newest first.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule ls --state PAUSED",
      "  hodei schedule ls --name 'report*' -o json"
    })
final class ScheduleListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--state", paramLabel = "STATE", description = "ACTIVE, PAUSED or ENDED.")
  private @Nullable String state;

  @Option(names = "--name", paramLabel = "NAME", description = "Exact, or a beginning and *.")
  private @Nullable String name;

  @Option(
      names = "--due-before",
      paramLabel = "TIME",
      description = "Next run before this time: 2026-12-01T00:00:00Z")
  private @Nullable String dueBefore;

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
    String path = "/api/v1/schedules";
    if (state != null) {
      path = Api.with(path, "state", state.toUpperCase(Locale.ROOT));
    }
    if (name != null) {
      path = Api.with(path, "name", name);
    }
    if (dueBefore != null) {
      path = Api.with(path, "dueBefore", dueBefore);
    }
    output.many(server.api().list(path, limit), Views.SCHEDULES);
    return ExitCode.OK;
  }
}
