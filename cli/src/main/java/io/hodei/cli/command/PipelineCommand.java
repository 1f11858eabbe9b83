package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with the definitions of pipelines. */
@Command(
    name = "pipeline",
    description = "Check, apply, compare and export pipelines.",
    footer = {
      "",
      "Examples:",
      "  hodei pipeline lint nightly.yaml",
      "  hodei pipeline apply --plan nightly.yaml"
    })
final class PipelineCommand {}
