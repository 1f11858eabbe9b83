package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with jobs. */
@Command(
    name = "jobs",
    description = "List, show, cancel, retry and explain jobs, and see what they use.",
    footer = {
      "",
      "Examples:",
      "  hodei jobs ls --state RUNNING",
      "  hodei jobs explain 0C7X2M9QK4T1B"
    })
final class JobsCommand {}
