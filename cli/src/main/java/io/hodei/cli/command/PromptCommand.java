package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with prompts. */
@Command(
    name = "prompt",
    description = "Texts for a tool's standard input: store, run, compare and carry them.",
    footer = {
      "",
      "Examples:",
      "  hodei prompt ls --tag nightly",
      "  hodei prompt run summary -p topic=costs --follow"
    })
final class PromptCommand implements TemplateGroup {
  @Override
  public String plural() {
    return "prompts";
  }
}
