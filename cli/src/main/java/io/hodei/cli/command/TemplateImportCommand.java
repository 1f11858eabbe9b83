package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Stores many documents with few requests. */
@Command(
    name = "import",
    description = "Store the documents of a file, 1,000 with each request.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} all.ndjson",
      "  hodei template export --context old | ${COMMAND-FULL-NAME} -o id"
    })
final class TemplateImportCommand implements Callable<Integer> {
  private static final int PORTION = 1_000;

  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "JSON or NDJSON; - or nothing = standard input.")
  private Path file = Path.of("-");

  @Override
  public Integer call() {
    List<Json> documents = Documents.read(file);
    Api api = server.api();
    List<Json> results = new ArrayList<>();
    long refused = 0;
    for (int from = 0; from < documents.size(); from += PORTION) {
      List<Json> portion = documents.subList(from, Math.min(from + PORTION, documents.size()));
      String lines = portion.stream().map(Json::text).collect(Collectors.joining("\n"));
      Json answer = api.post(group.path() + ":import", lines, "application/x-ndjson");
      results.addAll(answer.at("items").elements());
      refused += answer.number("refused", 0);
    }
    output.many(results, Views.IMPORTED);
    if (refused > 0) {
      Output.say("hodei: %d of %d documents were refused".formatted(refused, documents.size()));
      return ExitCode.USAGE;
    }
    return ExitCode.OK;
  }
}
