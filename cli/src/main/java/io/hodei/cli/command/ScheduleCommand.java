package io.hodei.cli.command;

import picocli.CommandLine.Command;

/** Groups what can be done with schedules. */
@Command(
    name = "schedule",
    description = "Let jobs repeat: make, list, pause, preview and backfill schedules.",
    footer = {
      "",
      "Examples:",
      "  hodei schedule create nightly --cron '30 2 * * *' --zone Europe/Berlin -- ./report",
      "  hodei schedule preview nightly"
    })
final class ScheduleCommand {}
