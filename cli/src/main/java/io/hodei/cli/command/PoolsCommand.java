package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with pools. */
@Command(
    name = "pools",
    description = "List pools, pause, drain and resume them.",
    footer = {"", "Examples:", "  hodei pools ls", "  hodei pools pause gpu"})
final class PoolsCommand {}
