package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete the words of this command. */
@Command(
    name = "completion",
    description = "Print the completion script of a shell.",
    footer = {
      "",
      "Examples:",
      "  source <(hodei completion bash)",
      "  hodei completion fish > ~/.config/fish/completions/hodei.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    String script =
        shell == Shell.fish
            ? FishCompletion.of(root)
            : AutoComplete.bash("hodei", root.commandLine());
    Output.write(script);
    return ExitCode.OK;
  }
}
