package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.client.Failure;
import io.hodei.cli.output.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Stores the documents of files, one after the other. */
@Command(
    name = "apply",
    description = "Store documents from JSON files; what is the same already stays as it is.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} backup.json restore.json",
      "  generate | ${COMMAND-FULL-NAME} -"
    })
final class TemplateApplyCommand implements Callable<Integer> {
  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files; - = standard input.")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    List<Json> documents = new ArrayList<>();
    for (Path file : files) {
      documents.addAll(Documents.read(file));
    }
    for (Json document : documents) {
      if (document.string("name").isEmpty()) {
        throw Failure.usage("A document has no name; nothing was stored");
      }
    }
    Api api = server.api();
    List<Json> stored = new ArrayList<>();
    for (Json document : documents) {
      stored.add(
          api.call(
                  "PUT",
                  group.path(document.string("name")),
                  document.text(),
                  Map.of("Content-Type", "application/json"))
              .json());
    }
    output.many(stored, Views.APPLIED);
    return ExitCode.OK;
  }
}
