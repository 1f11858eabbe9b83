package io.hodei.cli.output;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Times as people read them. Reads the one form that the server writes ({@code
 * 2026-11-21T08:00:00.123456Z}) by itself: the formatters of the JDK take longer to load than most
 * commands take.
 */
final class Times {
  private static final int DAY = 24 * 60 * 60;

  private Times() {}

  /** How long ago: {@code 5m ago}, or {@code in 2h}; other text as it is. */
  static String age(String text, long nowSeconds) {
    return seconds(text).map(at -> since(nowSeconds - at)).orElse(text);
  }

  /** The time and how long ago: {@code 2026-11-21 08:00:00 UTC (5m ago)}; other text as it is. */
  static String full(String text, long nowSeconds) {
    return seconds(text)
        .map(
            at ->
                "%s %s UTC (%s)"
                    .formatted(
                        text.substring(0, 10), text.substring(11, 19), since(nowSeconds - at)))
        .orElse(text);
  }

  private static String since(long seconds) {
    return seconds < 0 ? "in " + rounded(-seconds) : rounded(seconds) + " ago";
  }

  private static String rounded(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 60 * 60) {
      return seconds / 60 + "m";
    }
    return seconds < 2 * DAY ? seconds / (60 * 60) + "h" : seconds / DAY + "d";
  }

  private static Optional<Long> seconds(String text) {
    boolean time =
        text.length() >= 20
            && text.charAt(4) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(text.length() - 1) == 'Z';
    if (!time) {
      return Optional.empty();
    }
    try {
      long day =
          LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
      int second = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
      return Optional.of(day * DAY + second);
    } catch (RuntimeException notOne) {
      return Optional.empty();
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
