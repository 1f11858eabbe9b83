package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with the tools of prompts. */
@Command(
    name = "tool",
    description = "The programs that prompts are for.",
    footer = {
      "",
      "Examples:",
      "  hodei tool ls",
      "  hodei tool set llm --pool gpu -- llm --model small"
    })
final class ToolCommand {}
