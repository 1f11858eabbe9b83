package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deletes a template or prompt with all its versions. */
@Command(
    name = "rm",
    description = "Delete it with all its versions; its jobs stay.",
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} backup",
      "  ${COMMAND-FULL-NAME} --context staging backup"
    })
final class TemplateRemoveCommand implements Callable<Integer> {
  @ParentCommand private TemplateGroup group;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Override
  public Integer call() {
    server.api().call("DELETE", group.path(name), null, Map.of());
    return ExitCode.OK;
  }
}
