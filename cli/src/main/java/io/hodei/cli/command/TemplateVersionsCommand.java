package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lists the versions of a template or prompt. */
@Command(
    name = "versions",
    description = "List its versions, the newest first.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} backup",
      "  ${COMMAND-FULL-NAME} backup -o json"
    })
final class TemplateVersionsCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Override
  public Integer call() {
    output.many(server.api().list(group.path(name) + "/versions", MOST), Views.VERSIONS);
    return ExitCode.OK;
  }
}
