package io.hodei.platform;

import java.util.Optional;

/** Reads chains of causes: containers wrap what really happened. */
public final class Causes {
  private Causes() {}

  /** The first cause of the given type, the throwable itself included. */
  public static <T> Optional<T> find(Throwable thrown, Class<T> type) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth++ < 20; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  /** Class and message of the innermost cause, in one line. */
  public static String sentence(Throwable thrown) {
    Throwable innermost = thrown;
    for (int depth = 0; depth < 20 && innermost.getCause() != null; depth++) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    String name = innermost.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
