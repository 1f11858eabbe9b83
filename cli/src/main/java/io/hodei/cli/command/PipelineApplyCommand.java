package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes files the current versions of their pipelines. */
@Command(
    name = "apply",
    description = "Make files the current versions of their pipelines, and show what changes.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline apply nightly.yaml",
      "  hodei pipeline apply --plan nightly.yaml"
    })
final class PipelineApplyCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--plan", description = "Only show what would change.")
  private boolean plan;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML or JSON; - reads standard input.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    Api api = server.api();
    for (PipelineFile file : files.stream().map(PipelineFile::read).toList()) {
      String name = file.checkedName(api);
      String path = "/api/v1/pipelines/" + Api.encode(name) + (plan ? "?dryRun=true" : "");
      Json applied = api.call("PUT", path, file.text(), Map.of("Content-Type", file.type())).json();
      Output.write(PipelineChanges.text(applied.at("changes")));
      Output.say(sentence(name, applied));
    }
    return ExitCode.OK;
  }

  private String sentence(String name, Json applied) {
    long version = applied.number("version", 0);
    if (applied.isTrue("unchanged")) {
      return "pipeline %s: nothing to do, version %d has this content".formatted(name, version);
    }
    String outcome = applied.string("outcome").toLowerCase(Locale.ROOT);
    return plan
        ? "pipeline %s would be %s: version %d".formatted(name, outcome, version)
        : "pipeline %s %s: version %d".formatted(name, outcome, version);
  }
}
