package io.hodei.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * Which command has which name, on both levels, in the order of the help. The names are here as
 * well as in the annotations, because reading annotations is most of what a command takes to start:
 * so only those of the command that is called are read.
 */
final class CommandTree {
  private CommandTree() {}

  static Map<String, Class<?>> top() {
    return named(
        "dev", DevCommand.class,
        "down", DownCommand.class,
        "run", RunCommand.class,
        "submit", SubmitCommand.class,
        "jobs", JobsCommand.class,
        "pipeline", PipelineCommand.class,
        "runs", RunsCommand.class,
        "logs", LogsCommand.class,
        "template", TemplateCommand.class,
        "prompt", PromptCommand.class,
        "tool", ToolCommand.class,
        "agents", AgentsCommand.class,
        "pools", PoolsCommand.class,
        "schedule", ScheduleCommand.class,
        "freeze", FreezeCommand.class,
        "unfreeze", UnfreezeCommand.class,
        "console", ConsoleCommand.class,
        "login", LoginCommand.class,
        "context", ContextCommand.class,
        "whoami", WhoamiCommand.class,
        "config", ConfigCommand.class,
        "doctor", DoctorCommand.class,
        "completion", CompletionCommand.class,
        "version", VersionCommand.class,
        "help", CommandLine.HelpCommand.class);
  }

  /** The commands of a group; empty when this command is none. */
  static Map<String, Class<?>> below(String group) {
    return switch (group) {
      case "jobs" ->
          named(
              "ls", JobsListCommand.class,
              "get", JobsGetCommand.class,
              "cancel", JobsCancelCommand.class,
              "retry", JobsRetryCommand.class,
              "explain", JobsExplainCommand.class,
              "attempts", JobsAttemptsCommand.class,
              "resources", JobsResourcesCommand.class);
      case "pipeline" ->
          named(
              "lint", PipelineLintCommand.class,
              "apply", PipelineApplyCommand.class,
              "run", PipelineRunCommand.class,
              "ls", PipelineListCommand.class,
              "get", PipelineGetCommand.class,
              "versions", PipelineVersionsCommand.class,
              "diff", PipelineDiffCommand.class,
              "export", PipelineExportCommand.class,
              "rm", PipelineDeleteCommand.class);
      case "runs" ->
          named(
              "ls", RunsListCommand.class,
              "get", RunsGetCommand.class,
              "steps", RunsStepsCommand.class,
              "watch", RunsWatchCommand.class,
              "cancel", RunsCancelCommand.class,
              "pause", RunsPauseCommand.class,
              "resume", RunsResumeCommand.class,
              "rerun", RunsRerunCommand.class,
              "signal", RunsSignalCommand.class,
              "skip", RunsSkipCommand.class,
              "succeed", RunsSucceedCommand.class,
              "approve", RunsApproveCommand.class,
              "reject", RunsRejectCommand.class);
      case "template", "prompt" ->
          named(
              "ls", TemplateListCommand.class,
              "get", TemplateGetCommand.class,
              "apply", TemplateApplyCommand.class,
              "run", TemplateRunCommand.class,
              "versions", TemplateVersionsCommand.class,
              "diff", TemplateDiffCommand.class,
              "rm", TemplateRemoveCommand.class,
              "export", TemplateExportCommand.class,
              "import", TemplateImportCommand.class);
      case "tool" ->
          named(
              "ls", ToolListCommand.class,
              "set", ToolSetCommand.class,
              "rm", ToolRemoveCommand.class);
      case "agents" ->
          named(
              "ls", AgentsListCommand.class,
              "get", AgentsGetCommand.class,
              "drain", AgentsDrainCommand.class,
              "resume", AgentsResumeCommand.class);
      case "pools" ->
          named(
              "ls", PoolsListCommand.class,
              "get", PoolsGetCommand.class,
              "pause", PoolsPauseCommand.class,
              "drain", PoolsDrainCommand.class,
              "resume", PoolsResumeCommand.class);
      case "schedule" ->
          named(
              "ls", ScheduleListCommand.class,
              "get", ScheduleGetCommand.class,
              "create", ScheduleCreateCommand.class,
              "apply", ScheduleApplyCommand.class,
              "rm", ScheduleRemoveCommand.class,
              "pause", SchedulePauseCommand.class,
              "resume", ScheduleResumeCommand.class,
              "run", ScheduleRunCommand.class,
              "preview", SchedulePreviewCommand.class,
              "firings", ScheduleFiringsCommand.class,
              "backfill", ScheduleBackfillCommand.class);
      case "context" ->
          named(
              "ls", ContextListCommand.class,
              "use", ContextUseCommand.class);
      case "config" -> named("list", ConfigListCommand.class);
      default -> Map.of();
    };
  }

  private static Map<String, Class<?>> named(Object... namesAndTypes) {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      commands.put((String) namesAndTypes[i], (Class<?>) namesAndTypes[i + 1]);
    }
    return commands;
  }
}
