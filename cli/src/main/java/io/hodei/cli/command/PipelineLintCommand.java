package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with files, without storing anything. */
@Command(
    name = "lint",
    description = "Check pipelines without storing them; prints file:line:column: mistake.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline lint nightly.yaml",
      "  hodei pipeline lint --fail-fast pipelines/*.yaml"
    })
final class PipelineLintCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--fail-fast", description = "Only the first mistake of each file.")
  private boolean failFast;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML or JSON; - reads standard input.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    Api api = server.api();
    boolean good = true;
    for (Path path : files) {
      PipelineFile file = PipelineFile.read(path);
      Json verdict = file.validate(api, failFast);
      if (verdict.isTrue("valid")) {
        Output.say(
            "%s: pipeline %s with %d steps is right"
                .formatted(file.name(), verdict.string("name"), verdict.number("steps", 0)));
      } else {
        good = false;
        Output.write(file.mistakes(verdict));
      }
    }
    return good ? ExitCode.OK : ExitCode.USAGE;
  }
}
