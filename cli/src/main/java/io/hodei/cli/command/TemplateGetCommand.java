package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.output.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows one template or prompt. */
@Command(
    name = "get",
    description = "Show one with its document.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} backup",
      "  ${COMMAND-FULL-NAME} backup --at 2 -o json --fields document"
    })
final class TemplateGetCommand implements Callable<Integer> {
  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--at", paramLabel = "N", description = "This version (default: the newest).")
  private int version;

  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Override
  public Integer call() {
    String path = group.path(name);
    Json found = server.api().get(version == 0 ? path : path + "/versions/" + version);
    output.one(found, Views.TEMPLATES);
    return ExitCode.OK;
  }
}
