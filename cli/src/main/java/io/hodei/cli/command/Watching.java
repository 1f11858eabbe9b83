package io.hodei.cli.command;

import java.util.function.Supplier;

/** Shows something again and again; on a terminal in place, in a pipe one below the other. */
final class Watching {
  private static final long PAUSE_MILLIS = 2_000;
  private static final String TO_THE_TOP = "\u001B[H\u001B[2J";

  private Watching() {}

  /** Returns only by an exception or the end of the program. */
  static void every(Supplier<String> content) {
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
