package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.Failure;
import io.hodei.cli.dev.DevException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
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
  private static final Set<String> LOOK_AT_ALL = Set.of("completion", "help");

  static {
    // Each command line would load and initialise these converters, and no option has such a type.
    System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
  }

  private HodeiCommand() {}

  /** A command line for these arguments. */
  public static CommandLine forArguments(String[] arguments) {
    CommandLine line = new CommandLine(new HodeiCommand());
    Map<String, Class<?>> commands = CommandTree.top();
    String first = arguments.length > 0 ? arguments[0] : "";
    Class<?> called = LOOK_AT_ALL.contains(first) ? null : commands.get(first);
    if (called == null) {
      commands.forEach((name, type) -> add(line, name, type, null));
    } else {
      add(line, first, called, arguments.length > 1 ? arguments[1] : null);
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

  private static void add(
      CommandLine parent, String name, Class<?> type, @Nullable String subcommand) {
    CommandLine command = new CommandLine(type);
    parent.addSubcommand(name, command);
    Map<String, Class<?>> below = CommandTree.below(name);
    Class<?> called = subcommand == null ? null : below.get(subcommand);
    if (called == null) {
      below.forEach(command::addSubcommand);
    } else {
      command.addSubcommand(subcommand, called);
    }
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
