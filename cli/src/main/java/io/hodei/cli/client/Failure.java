package io.hodei.cli.client;

import io.hodei.cli.ExitCode;
import java.io.Serial;

/**
 * A command cannot do what it was asked: what happened, why, what to do, and the exit code that
 * says so to a script.
 */
public final class Failure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  public Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public Failure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
