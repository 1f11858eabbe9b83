package io.hodei.cli;

/** What the shell sees; {@code run} answers with the code of the job instead of 1. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int JOB_FAILED = 1;
  public static final int USAGE = 2;
  public static final int AUTHENTICATION = 3;
  public static final int NOT_FOUND = 4;
  public static final int CONFLICT = 5;
  public static final int TIMEOUT = 6;
  public static final int SERVER = 7;

  private ExitCode() {}
}
