package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes documents as NDJSON. */
@Command(
    name = "export",
    description = "Write the newest document of each, or of one, one a line (NDJSON).",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} > all.ndjson",
      "  ${COMMAND-FULL-NAME} backup > backup.json"
    })
final class TemplateExportCommand implements Callable<Integer> {
  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one.")
  private @Nullable String name;

  @Override
  public Integer call() {
    String path = group.path() + ":export";
    Output.write(
        server
            .api()
            .call(
                "GET",
                name == null ? path : Api.with(path, "name", name),
                null,
                Map.of("Accept", "application/x-ndjson, application/problem+json;q=0.9"))
            .body());
    return ExitCode.OK;
  }
}
