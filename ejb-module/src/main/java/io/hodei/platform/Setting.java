package io.hodei.platform;

import java.time.Duration;
import java.util.function.Function;

/**
 * One setting of the server: a key {@code hodei.<feature>.<name>} (environment variable {@code
 * HODEI_<FEATURE>_<NAME>}) with its default, its meaning and its range.
 *
 * @param range for people, for example {@code 1..10000}; empty when anything goes
 * @param secret whether the value must never be shown
 */
public record Setting<T>(
    String key,
    String defaultText,
    String description,
    String range,
    boolean secret,
    Function<String, T> reader) {

  public static Setting<Integer> integer(
      String key, int byDefault, int min, int max, String description) {
    return new Setting<>(
        key,
        Integer.toString(byDefault),
        description,
        min + ".." + max,
        false,
        text -> readInteger(key, text, min, max));
  }

  public static Setting<Duration> duration(
      String key, Duration byDefault, Duration min, Duration max, String description) {
    return new Setting<>(
        key,
        byDefault.toString(),
        description,
        min + ".." + max,
        false,
        text -> readDuration(key, text, min, max));
  }

  public static Setting<String> text(String key, String byDefault, String description) {
    return new Setting<>(key, byDefault, description, "", false, Function.identity());
  }

  public static Setting<String> secret(String key, String description) {
    return new Setting<>(key, "", description, "", true, Function.identity());
  }

  public T read(String text) {
    return reader.apply(text);
  }

  private static Integer readInteger(String key, String text, int min, int max) {
    try {
      int value = Integer.parseInt(text.trim());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below says it.
    }
    throw new IllegalArgumentException(
        "%s = %s is not a whole number in %d..%d".formatted(key, text, min, max));
  }

  private static Duration readDuration(String key, String text, Duration min, Duration max) {
    try {
      Duration value = Durations.parse(text);
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // The sentence below says it.
    }
    throw new IllegalArgumentException(
        "%s = %s is not a duration in %s..%s".formatted(key, text, min, max));
  }
}
