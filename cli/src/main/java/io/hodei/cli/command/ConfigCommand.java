package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with settings. */
@Command(
    name = "config",
    description = "Show settings.",
    footer = {"", "Examples:", "  hodei config list", "  hodei config list -o json"})
final class ConfigCommand {}
