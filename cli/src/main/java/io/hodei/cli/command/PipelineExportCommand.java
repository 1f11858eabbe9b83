package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a version as YAML, as it can be applied again. */
@Command(
    name = "export",
    description = "Write a version of a pipeline as YAML that can be applied again.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline export nightly > nightly.yaml",
      "  hodei pipeline export nightly --version-number 2 --file old.yaml"
    })
final class PipelineExportCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--version-number",
      paramLabel = "N",
      description = "A version (default: the current one).")
  private @Nullable Integer version;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Where to (default: standard output).")
  private @Nullable Path file;

  @Parameters(paramLabel = "NAME", description = "Name of the pipeline.")
  private String name = "";

  @Override
  public Integer call() {
    String path = "/api/v1/pipelines/" + Api.encode(name);
    byte[] yaml =
        server
            .api()
            .call(
                "GET",
                version == null ? path : path + "/versions/" + version,
                null,
                Map.of("Accept", "application/yaml, application/problem+json;q=0.9"))
            .body();
    if (file == null) {
      Output.write(yaml);
      return ExitCode.OK;
    }
    try {
      Files.write(file, yaml);
    } catch (IOException e) {
      throw Failure.usage("The file %s cannot be written: %s".formatted(file, e.getMessage()));
    }
    return ExitCode.OK;
  }
}
