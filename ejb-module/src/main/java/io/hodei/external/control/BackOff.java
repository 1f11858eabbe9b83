package io.hodei.external.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long to leave alone somebody who takes no calls. */
final class BackOff {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(1);

  private BackOff() {}

  /**
   * As long as it was left alone so far, which doubles the time at each try; not less than it asked
   * for.
   *
   * @param putOff how long it has been left alone
   * @param retryAfter the header (RFC 9110), or null
   * @param most no longer than this, whatever was asked for
   */
  static Duration of(Duration putOff, @Nullable String retryAfter, Instant now, Duration most) {
    return of(putOff, retryAfter, now, most, ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Like the other one.
   *
   * @param random 0..1; spreads by a fifth, upwards
   */
  static Duration of(
      Duration putOff, @Nullable String retryAfter, Instant now, Duration most, double random) {
    Duration grown = clamp(putOff, SHORTEST, LONGEST);
    Duration spread = grown.plusMillis(Math.round(grown.toMillis() * 0.2 * random));
    Duration asked = asked(retryAfter, now);
    Duration longer = asked.compareTo(spread) > 0 ? asked : spread;
    return longer.compareTo(most) > 0 ? most : longer;
  }

  /** What the header asks for; zero when it asks for nothing that can be read. */
  private static Duration asked(@Nullable String retryAfter, Instant now) {
    if (retryAfter == null) {
      return Duration.ZERO;
    }
    String text = retryAfter.strip();
    if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Duration until =
          Duration.between(
              now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration clamp(Duration value, Duration least, Duration most) {
    return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
  }
}
