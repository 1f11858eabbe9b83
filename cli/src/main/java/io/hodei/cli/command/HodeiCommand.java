package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.dev.DevException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
  // Classes, not constructors: two dozen lambdas take longer to make than the command called.
  private static final Map<String, Class<?>> COMMANDS = commands();

  private HodeiCommand() {}

  /** A command line for these arguments. */
  public static CommandLine forArguments(String[] arguments) {
    CommandLine line = new CommandLine(new HodeiCommand());
    Class<?> called = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (called == null || arguments[0].equals("completion")) {
      COMMANDS.forEach(line::addSubcommand);
    } else {
      line.addSubcommand(arguments[0], called);
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

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("dev", DevCommand.class);
    commands.put("down", DownCommand.class);
    commands.put("run", RunCommand.class);
    commands.put("submit", SubmitCommand.class);
    commands.put("jobs", JobsCommand.class);
    commands.put("pipeline", PipelineCommand.class);
    commands.put("runs", RunsCommand.class);
    commands.put("logs", LogsCommand.class);
    commands.put("template", TemplateCommand.class);
    commands.put("prompt", PromptCommand.class);
    commands.put("tool", ToolCommand.class);
    commands.put("agents", AgentsCommand.class);
    commands.put("pools", PoolsCommand.class);
    commands.put("schedule", ScheduleCommand.class);
    commands.put("freeze", FreezeCommand.class);
    commands.put("unfreeze", UnfreezeCommand.class);
    commands.put("console", ConsoleCommand.class);
    commands.put("login", LoginCommand.class);
    commands.put("context", ContextCommand.class);
    commands.put("whoami", WhoamiCommand.class);
    commands.put("config", ConfigCommand.class);
    commands.put("doctor", DoctorCommand.class);
    commands.put("completion", CompletionCommand.class);
    commands.put("version", VersionCommand.class);
    commands.put("help", CommandLine.HelpCommand.class);
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
