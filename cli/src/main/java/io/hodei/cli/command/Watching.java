package io.hodei.cli.command;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/**
 * Shows something once, or again and again: on a terminal in place, in a pipe one below the other.
 */
final class Watching {
  private static final long PAUSE_MILLIS = 2_000;
  private static final String TO_THE_TOP = "\u001B[H\u001B[2J";

  @Option(
      names = {"-w", "--watch"},
      description = "Show again every two seconds until Ctrl-C.")
  private boolean watch;

  /** When it is to be watched, returns only by an exception or an interrupt. */
  void show(Supplier<String> content) {
    if (!watch) {
      Output.write(content.get());
      return;
    }
    try {
      while (true) {
        String text = content.get();
        Output.write((Terminal.outputIsTerminal() ? TO_THE_TOP : "") + text);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
