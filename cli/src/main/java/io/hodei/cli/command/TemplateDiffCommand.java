package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Api;
import io.hodei.cli.output.Json;
import io.hodei.cli.output.Plain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what differs between two versions. */
@Command(
    name = "diff",
    description = "Show what differs between two versions, line by line.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} backup 1",
      "  ${COMMAND-FULL-NAME} backup 1 3"
    })
final class TemplateDiffCommand implements Callable<Integer> {
  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FROM", description = "The older version.")
  private int from;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "TO",
      description = "The newer version (default: the newest).")
  private int to;

  @Override
  public Integer call() {
    String path = Api.with(group.path(name) + "/diff", "from", String.valueOf(from));
    Json answer = server.api().get(to == 0 ? path : Api.with(path, "to", String.valueOf(to)));
    answer.at("lines").elements().forEach(line -> Output.write(Plain.of(line.string()) + "\n"));
    return ExitCode.OK;
  }
}
