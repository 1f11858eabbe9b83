package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with templates. */
@Command(
    name = "template",
    description = "Jobs with parameters: store, run, compare and carry them.",
    footer = {
      "",
      "Examples:",
      "  hodei template ls --tag nightly",
      "  hodei template run backup -p database=orders --follow"
    })
final class TemplateCommand implements TemplateGroup {
  @Override
  public String plural() {
    return "templates";
  }
}
