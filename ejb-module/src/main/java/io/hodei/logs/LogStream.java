package io.hodei.logs;

/** Where a process writes. */
public enum LogStream {
  STDOUT(1),
  STDERR(2);

  private final int code;

  LogStream(int code) {
    this.code = code;
  }

  /** The number in protocol and database. */
  public int code() {
    return code;
  }

  /** The name in the API. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static LogStream of(int code) {
    return code == STDERR.code ? STDERR : STDOUT;
  }
}
