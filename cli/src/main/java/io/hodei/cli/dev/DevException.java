package io.hodei.cli.dev;

import java.io.Serial;

/**
 * A part of the development cluster could not start or stop; the message says which, why, and what
 * to do.
 */
public final class DevException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public DevException(String message) {
    super(message);
  }

  public DevException(String message, Throwable cause) {
    super(message, cause);
  }
}
