package io.hodei.cli.command;

/** Which of the standard streams are a terminal: the {@code ./hodei} script knows and says so. */
final class Terminal {
  private static final String OPEN = System.getProperty("hodei.terminal", "");

  private Terminal() {}

  static boolean inputIsTerminal() {
    return OPEN.contains("i");
  }

  static boolean outputIsTerminal() {
    return OPEN.contains("o");
  }

  static boolean errorIsTerminal() {
    return OPEN.contains("e");
  }

  /** Colour only for people: not in pipes, not in CI, not when NO_COLOR is set. */
  static boolean colours() {
    return outputIsTerminal() && unset("NO_COLOR") && unset("CI");
  }

  private static boolean unset(String variable) {
    String value = System.getenv(variable);
    return value == null || value.isEmpty();
  }
}
