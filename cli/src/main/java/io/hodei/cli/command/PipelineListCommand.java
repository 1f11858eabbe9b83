package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists pipelines. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List pipelines, the newest first.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline ls",
      "  hodei pipeline ls --label team=core -o id"
    })
final class PipelineListCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "A name, or its beginning and *.")
  private @Nullable String name;

  @Option(
      names = "--label",
      paramLabel = "KEY[=VALUE]",
      description = "With this label; repeatable.")
  private List<String> labels = List.of();

  @Option(names = "--executor", paramLabel = "NAME", description = "With this default executor.")
  private @Nullable String executor;

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
    String path = "/api/v1/pipelines";
    path = name == null ? path : Api.with(path, "name", name);
    path = executor == null ? path : Api.with(path, "executor", executor);
    for (String label : labels) {
      path = Api.with(path, "label", label.replaceFirst("=", ":"));
    }
    output.many(server.api().list(path, limit), Views.PIPELINES);
    return ExitCode.OK;
  }
}
