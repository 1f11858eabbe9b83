package io.hodei.it.chaos;

/** What the jobs of the load do, and so how each must end. */
enum Kind {
  /** Does nothing. */
  TRUE("SUCCEEDED"),
  /** Prints 1 MB of known text in four pieces, and 64 KB to standard error. */
  PRINT("SUCCEEDED"),
  /** Fails with exit code 5. */
  FAIL("FAILED"),
  /** Fails with exit code 9 after a second and is tried three times. */
  RETRY("FAILED"),
  /** Runs 3 to 10 seconds and says so in the oracle. */
  SLEEP("SUCCEEDED"),
  /** Runs 25 seconds: still there when others think that its agent is lost. */
  HOLD("SUCCEEDED"),
  /** Would run for ten minutes and is cancelled. */
  CANCEL("CANCELLED");

  /** Jobs with such a number are {@link #HOLD}. */
  static final int HOLDS = 1_000_000;

  /** Jobs with this number and above are {@link #RETRY}. */
  static final int RETRIES = 2_000_000;

  private static final Kind[] MIX = {
    TRUE, SLEEP, PRINT, TRUE, FAIL, TRUE, SLEEP, TRUE, RETRY, TRUE,
    PRINT, TRUE, SLEEP, FAIL, TRUE, CANCEL, PRINT, TRUE, SLEEP, RETRY
  };

  private final String end;

  Kind(String end) {
    this.end = end;
  }

  static Kind of(int number) {
    if (number >= RETRIES) {
      return RETRY;
    }
    return number >= HOLDS ? HOLD : MIX[number % MIX.length];
  }

  /** The exit code of each of its attempts that ends by itself. */
  int exitCode() {
    return switch (this) {
      case TRUE, PRINT, SLEEP, HOLD, CANCEL -> 0;
      case FAIL -> 5;
      case RETRY -> 9;
    };
  }

  /** How many of its attempts fail, whatever happens around it. */
  int failures() {
    return switch (this) {
      case TRUE, PRINT, SLEEP, HOLD, CANCEL -> 0;
      case FAIL -> 1;
      case RETRY -> 3;
    };
  }

  /** The state every job of this kind ends in, whatever happens around it. */
  String end() {
    return end;
  }
}
