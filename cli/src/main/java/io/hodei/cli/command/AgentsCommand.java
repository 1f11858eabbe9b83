package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with agents. */
@Command(
    name = "agents",
    description = "List agents, stop and resume handing them jobs.",
    footer = {"", "Examples:", "  hodei agents ls", "  hodei agents drain agent-1"})
final class AgentsCommand {}
