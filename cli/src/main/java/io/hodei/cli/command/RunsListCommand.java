package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists runs, newest first. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List runs, the newest first.",
    footer = {
      "",
      "Examples:",
      "  hodei runs ls --pipeline nightly --state RUNNING,FAILED",
      "  hodei runs ls -o json --limit 5"
    })
final class RunsListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--pipeline", paramLabel = "NAME", description = "Name of the pipeline.")
  private @Nullable String pipeline;

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "State; may be repeated.")
  private List<String> states = List.of();

  @Option(names = "--from", paramLabel = "TIME", description = "Created at or after.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Created before.")
  private @Nullable String to;

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
    String path = "/api/v1/runs";
    for (String state : states) {
      path = Api.with(path, "state", state.toUpperCase(Locale.ROOT));
    }
    path = with(path, "pipeline", pipeline);
    path = with(path, "from", from);
    path = with(path, "to", to);
    output.many(server.api().list(path, limit), Views.RUNS);
    return ExitCode.OK;
  }

  private static String with(String path, String parameter, @Nullable String value) {
    return value == null ? path : Api.with(path, parameter, value);
  }
}
