package io.hodei.cli.command;

import io.hodei.cli.ExitCode;
import io.hodei.cli.client.ConsoleLink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the console in a browser. */
@Command(
    name = "console",
    description =
        "Open the console in a browser, logged in by a link that works once, within a minute.",
    footer = {"", "Examples:", "  hodei console", "  hodei console --no-open --context prod"})
final class ConsoleCommand implements Callable<Integer> {
  private static final List<String> OPENERS = List.of("xdg-open", "open", "wslview");

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--no-open", description = "Only print the link.")
  private boolean noOpen;

  @Override
  public Integer call() {
    String link = ConsoleLink.make(server.api());
    Output.write(link + "\n");
    if (!noOpen && Terminal.outputIsTerminal() && !open(link)) {
      Output.say("No browser could be started here; follow the link within a minute.");
    }
    return ExitCode.OK;
  }

  /** Starts the first program that exists; it goes on by itself. */
  private static boolean open(String link) {
    for (String opener : OPENERS) {
      try {
        new ProcessBuilder(opener, link)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException notThere) {
        // The next one may be.
      }
    }
    return false;
  }
}
