package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.dev.DevException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/**
 * The command line as a whole. Only the subcommand that is called is loaded; help and completion
 * load all.
 */
@Command(
    name = "hodei",
    description = "Runs jobs on agents. Without a server at hand, begin with: hodei dev",
    versionProvider = HodeiCommand.Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ok",
      "1:the job failed (run: the job's own code, 128 + signal)",
      "2:usage or a refused input",
      "3:token missing or not allowed",
      "4:not found",
      "5:conflict with the present state",
      "6:time is up",
      "7:server unreachable or broken"
    },
    footer = {
      "",
      "In a clone of the repository also: ./hodei build, ./hodei test, ./hodei bench, ./hodei jdk",
      "",
      "Examples:",
      "  hodei dev",
      "  hodei run -- echo hello"
    })
public final class HodeiCommand {
  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  private HodeiCommand() {}

  /** A command line for these arguments. */
  public static CommandLine forArguments(String[] arguments) {
    CommandLine line = new CommandLine(new HodeiCommand());
    Supplier<Object> called = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (called == null || arguments[0].equals("completion")) {
      COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
    } else {
      line.addSubcommand(arguments[0], called.get());
    }
    CommandLine run = line.getSubcommands().get("run");
    if (run != null) {
      // What stands behind the program's name belongs to the program: hodei run ls -l
      run.setStopAtPositional(true);
    }
    line.setExecutionExceptionHandler(failures());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            Terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line;
  }

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("dev", DevCommand::new);
    commands.put("down", DownCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("submit", SubmitCommand::new);
    commands.put("jobs", JobsCommand::new);
    commands.put("pipeline", PipelineCommand::new);
    commands.put("runs", RunsCommand::new);
    commands.put("logs", LogsCommand::new);
    commands.put("template", TemplateCommand::new);
    commands.put("prompt", PromptCommand::new);
    commands.put("tool", ToolCommand::new);
    commands.put("agents", AgentsCommand::new);
    commands.put("pools", PoolsCommand::new);
    commands.put("schedule", ScheduleCommand::new);
    commands.put("freeze", FreezeCommand::new);
    commands.put("unfreeze", UnfreezeCommand::new);
    commands.put("console", ConsoleCommand::new);
    commands.put("login", LoginCommand::new);
    commands.put("context", ContextCommand::new);
    commands.put("whoami", WhoamiCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("version", VersionCommand::new);
    commands.put("help", CommandLine.HelpCommand::new);
    return commands;
  }

  private static IExecutionExceptionHandler failures() {
    return (failure, line, parsed) -> {
      PrintWriter error = line.getErr();
      return switch (failure) {
        case Failure known -> told(error, known.getMessage(), known.exitCode());
        case DevException part -> told(error, part.getMessage(), ExitCode.SERVER);
        default -> broken(error, failure);
      };
    };
  }

  private static int told(PrintWriter error, @Nullable String message, int exitCode) {
    error.println("hodei: " + message);
    return exitCode;
  }

  private static int broken(PrintWriter error, Exception failure) {
    error.println(
        "hodei: this is a mistake in the command itself; please report it with what follows");
    failure.printStackTrace(error);
    return ExitCode.SERVER;
  }

  /** For {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {VersionCommand.text()};
    }
  }
}
