package io.hodei.cli.command;

import io.hodei.cli.output.Format;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Renderer;
import io.hodei.cli.output.View;
import java.util.List;
import picocli.CommandLine.Option;

/** How data is written to standard output. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  @Option(
      names = "--fields",
      split = ",",
      paramLabel = "FIELD",
      description = "Only these members, by path: id,state,priority.lane")
  private List<String> fields = List.of();

  void one(Json resource, View view) {
    Output.write(renderer().one(resource, view));
  }

  void many(List<Json> resources, View view) {
    Output.write(renderer().many(resources, view));
  }

  Renderer renderer() {
    return new Renderer(format, fields);
  }
}
