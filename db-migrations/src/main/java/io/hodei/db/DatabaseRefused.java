package io.hodei.db;

/** The database cannot be used as it is; the message says what to change. */
public class DatabaseRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseRefused(String sentence) {
    super(sentence);
  }
}
