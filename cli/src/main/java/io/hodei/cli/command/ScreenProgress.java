package io.hodei.cli.command;

import io.hodei.cli.dev.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line per phase with its time. */
final class ScreenProgress implements Progress {
  private final PrintStream screen;

  private final boolean rewritesLines;

  ScreenProgress(PrintStream screen, boolean rewritesLines) {
    this.screen = screen;
    this.rewritesLines = rewritesLines;
  }

  @Override
  public void began(String phase) {
    if (rewritesLines) {
      screen.printf("  %-12s starting", phase);
      screen.flush();
    }
  }

  @Override
  public void ended(String phase, Duration took, String detail) {
    screen.printf(
        Locale.ROOT,
        "%s  %-12s ready in %.1f s  %s%n",
        rewritesLines ? "\r" : "",
        phase,
        took.toMillis() / 1000.0,
        detail);
  }

  @Override
  public void note(String message) {
    screen.println("  " + message);
  }
}
