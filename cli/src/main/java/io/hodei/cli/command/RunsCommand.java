package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with runs. */
@Command(
    name = "runs",
    description = "List, watch and control runs of pipelines.",
    footer = {
      "",
      "Examples:",
      "  hodei runs ls --state FAILED",
      "  hodei runs watch 0C7X2M9QK4T1B",
      "  hodei runs rerun 0C7X2M9QK4T1B --failed"
    })
final class RunsCommand {}
