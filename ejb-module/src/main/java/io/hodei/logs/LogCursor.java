package io.hodei.logs;

import io.hodei.platform.DomainException;

/**
 * How far somebody has read the output of a job; the text {@code attempt-sequence} names the last
 * chunk seen.
 *
 * @param sequence -1 before the first chunk of the attempt
 */
public record LogCursor(int attempt, int sequence) {
  /** Before everything an attempt wrote. */
  public static LogCursor before(int attempt) {
    return new LogCursor(attempt, -1);
  }

  /**
   * Reads {@code attempt-sequence}.
   *
   * @throws DomainException INVALID when the text is none
   */
  public static LogCursor parse(String text) {
    int dash = text.indexOf('-');
    try {
      if (dash > 0) {
        int attempt = Integer.parseInt(text.substring(0, dash));
        int sequence = Integer.parseInt(text.substring(dash + 1));
        if (attempt >= 0 && sequence >= -1) {
          return new LogCursor(attempt, sequence);
        }
      }
    } catch (NumberFormatException e) {
      // The sentence below says it.
    }
    throw DomainException.invalid(
        "/after", "must be the id of a log event, attempt-sequence, for example 1-17");
  }

  public String text() {
    return attempt + "-" + sequence;
  }
}
