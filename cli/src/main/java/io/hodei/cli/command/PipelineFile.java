package io.hodei.cli.command;

import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file with a pipeline.
 *
 * @param name as the person wrote it
 */
record PipelineFile(String name, String text, String type) {
  static PipelineFile read(Path file) {
    try {
      boolean stdin = file.toString().equals("-");
      byte[] bytes = stdin ? System.in.readAllBytes() : Files.readAllBytes(file);
      boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
      return new PipelineFile(
          stdin ? "stdin" : file.toString(),
          new String(bytes, java.nio.charset.StandardCharsets.UTF_8),
          json ? "application/json" : "application/yaml");
    } catch (IOException e) {
      throw Failure.usage("The file %s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /** What the server says about it. */
  Json validate(Api api, boolean failFast) {
    String path = "/api/v1/pipelines:validate" + (failFast ? "?failFast=true" : "");
    return api.post(path, text, type);
  }

  /** One line for each mistake: {@code file:line:column: what}. */
  String mistakes(Json verdict) {
    StringBuilder lines = new StringBuilder();
    for (Json error : verdict.at("errors").elements()) {
      lines
          .append(name)
          .append(':')
          .append(Math.max(1, error.number("line", 1)))
          .append(':')
          .append(Math.max(1, error.number("column", 1)))
          .append(": ");
      if (!error.string("pointer").isEmpty()) {
        lines.append(Plain.of(error.string("pointer"))).append(' ');
      }
      lines.append(Plain.of(error.string("message"))).append('\n');
    }
    return lines.toString();
  }

  /** Refuses a file with mistakes, which are named one by one. */
  String checkedName(Api api) {
    Json verdict = validate(api, false);
    if (!verdict.isTrue("valid")) {
      throw Failure.usage(
          "The pipeline has mistakes; nothing was changed.\n" + mistakes(verdict).stripTrailing());
    }
    return verdict.string("name");
  }
}
