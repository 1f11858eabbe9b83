package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands in jobs that are written as JSON. */
@Command(
    name = "submit",
    description =
        "Submit jobs from a file or standard input: a JSON object, an array, or one object a line (NDJSON).",
    footer = {
      "",
      "Examples:",
      "  hodei submit job.json",
      "  generate-jobs | hodei submit --atomic -o id"
    })
final class SubmitCommand implements Callable<Integer> {
  private static final String BATCH = "/api/v1/jobs:batch";

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--atomic", description = "All jobs or none.")
  private boolean atomic;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Submitting again with the same key creates nothing again.")
  private @Nullable String key;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The file; - or nothing = standard input.")
  private Path file = Path.of("-");

  @Override
  public Integer call() {
    String text = read();
    if (isLines(text)) {
      return many(send(batchPath(), text, "application/x-ndjson"));
    }
    Json document = parse(text);
    if (document.isArray()) {
      return many(send(batchPath(), text, "application/json"));
    }
    output.one(send("/api/v1/jobs", text, "application/json"), Views.JOBS);
    return ExitCode.OK;
  }

  private Json send(String path, String text, String type) {
    Api api = server.api();
    return key == null
        ? api.post(path, text, type)
        : api.call(
                "POST", path, text, java.util.Map.of("Content-Type", type, "Idempotency-Key", key))
            .json();
  }

  private Integer many(Json answer) {
    List<Json> items = answer.at("items").elements();
    long refused = answer.number("refused", 0);
    output.many(items, Views.BATCH);
    if (refused > 0) {
      Output.say("hodei: %d of %d jobs were refused".formatted(refused, items.size()));
      return ExitCode.USAGE;
    }
    return ExitCode.OK;
  }

  private String batchPath() {
    return atomic ? BATCH + "?atomic=true" : BATCH;
  }

  /** More than one line, and the first one is an object of its own. */
  private static boolean isLines(String text) {
    String[] parts = text.strip().split("\\R", 2);
    if (parts.length < 2 || !parts[0].startsWith("{")) {
      return false;
    }
    try {
      return Json.parse(parts[0]).isObject();
    } catch (IllegalArgumentException goesOnInTheNextLine) {
      return false;
    }
  }

  private static Json parse(String text) {
    try {
      Json document = Json.parse(text);
      if (document.isObject() || document.isArray()) {
        return document;
      }
    } catch (IllegalArgumentException e) {
      throw Failure.usage("The input is not JSON\n  why: %s".formatted(e.getMessage()));
    }
    throw Failure.usage("The input is neither a JSON object nor an array of objects");
  }

  private String read() {
    try {
      return file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (IOException e) {
      throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }
}
