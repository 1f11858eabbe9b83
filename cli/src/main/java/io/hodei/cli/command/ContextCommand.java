package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with contexts. */
@Command(
    name = "context",
    description = "List the servers that are known by name, choose one.",
    footer = {"", "Examples:", "  hodei context ls", "  hodei context use prod"})
final class ContextCommand {}
