package io.hodei.bench.load;

import io.hodei.bench.BenchException;

/** A connection ended without an answer: the server is gone, or has more to do than it takes. */
public final class ConnectionLost extends BenchException {
  private static final long serialVersionUID = 1L;

  ConnectionLost(String message, Throwable cause) {
    super(message, cause);
  }
}
