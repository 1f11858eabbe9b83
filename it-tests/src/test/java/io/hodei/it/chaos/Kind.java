package io.hodei.it.chaos;

/** What the jobs of the load do, and so how each must end. */
enum Kind {
  /** Does nothing. */
  TRUE("SUCCEEDED"),
  /** Prints 1 MB of known text in four pieces, and 64 KB to standard error. */
  PRINT("SUCCEEDED"),
  /** Fails with exit code 5. */
  FAIL("FAILED"),
  /** Fails with exit code 9 and is tried three times. */
  RETRY("FAILED"),
  /** Runs 3 to 10 seconds and says so in the oracle. */
  SLEEP("SUCCEEDED"),
  /** Would run for ten minutes and is cancelled. */
  CANCEL("CANCELLED");

  private static final Kind[] MIX = {
    TRUE, SLEEP, PRINT, TRUE, FAIL, TRUE, SLEEP, TRUE, RETRY, TRUE,
    PRINT, TRUE, SLEEP, FAIL, TRUE, CANCEL, PRINT, TRUE, SLEEP, RETRY
  };

  private final String end;

  Kind(String end) {
    this.end = end;
  }

  static Kind of(int number) {
    return MIX[number % MIX.length];
  }

  /** The state every job of this kind ends in, whatever happens around it. */
  String end() {
    return end;
  }
}
