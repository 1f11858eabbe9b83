package io.hodei.json;

import io.hodei.platform.Durations;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of an object by name and type. What is wrong goes to {@link FieldErrors} with
 * its JSON Pointer, and the answer is null as if it were absent; a null in the text counts as
 * absent. {@link #finish} reports the members that nobody asked for.
 */
public final class JsonFields {
  private final Map<String, Json> members;
  private final String pointer;
  private final FieldErrors errors;
  private final Set<String> known = new HashSet<>();

  private JsonFields(Map<String, Json> members, String pointer, FieldErrors errors) {
    this.members = members;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** The members of a value that must be an object; of an empty one when it is not. */
  public static JsonFields of(Json json, String pointer, FieldErrors errors) {
    if (json instanceof Json.Obj object) {
      return new JsonFields(object.members(), pointer, errors);
    }
    errors.add(pointer, "must be an object, not " + json.kind());
    return new JsonFields(Map.of(), pointer, errors);
  }

  /** Other members in the same place, with the same errors. */
  public JsonFields with(Json.Obj others) {
    return new JsonFields(others.members(), pointer, errors);
  }

  /** Where a member stands. */
  public String at(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  public void refuse(String name, String message) {
    errors.add(at(name), message);
  }

  /** Whether the member is in the text, also as null. */
  public boolean mentions(String name) {
    return members.containsKey(name);
  }

  /** Any value; null when absent. */
  public @Nullable Json any(String name) {
    known.add(name);
    Json json = members.get(name);
    return json instanceof Json.Null ? null : json;
  }

  public @Nullable JsonFields object(String name) {
    Json json = any(name);
    return json == null ? null : of(json, at(name), errors);
  }

  /** A text of at most that many characters. */
  public @Nullable String text(String name, int maxLength) {
    Json json = any(name);
    return json == null ? null : textOf(json, at(name), maxLength);
  }

  /** Like {@link #text}; it must be there and have a visible character. */
  public String requiredText(String name, int maxLength) {
    if (any(name) == null) {
      refuse(name, "is required");
      return "";
    }
    String text = text(name, maxLength);
    if (text != null && text.isBlank()) {
      refuse(name, "has no visible character");
    }
    return text == null ? "" : text;
  }

  public @Nullable Boolean flag(String name) {
    Json json = any(name);
    if (json == null || json instanceof Json.Bool) {
      return json == null ? null : ((Json.Bool) json).value();
    }
    refuse(name, "must be true or false, not " + json.kind());
    return null;
  }

  /** A whole number in a range. */
  public @Nullable Long integer(String name, long min, long max) {
    Json json = any(name);
    return json == null ? null : integerOf(json, at(name), min, max);
  }

  /** A number in a range. */
  public @Nullable Double decimal(String name, double min, double max) {
    Json json = any(name);
    if (json == null) {
      return null;
    }
    if (json instanceof Json.Num number) {
      double value = Double.parseDouble(number.literal());
      if (value >= min && value <= max) {
        return value;
      }
    }
    refuse(name, "must be a number in %s..%s".formatted(min, max));
    return null;
  }

  /** A duration in a range, as ISO-8601 or in short. */
  public @Nullable Duration duration(String name, Duration min, Duration max) {
    String text = text(name, 40);
    if (text == null) {
      return null;
    }
    try {
      Duration value = Durations.parse(text);
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
      refuse(name, "must be in %s..%s".formatted(min, max));
    } catch (IllegalArgumentException | ArithmeticException e) {
      refuse(name, "is not a duration; write it as 250ms, 30s, 5m, 2h, 1d or PT30S");
    }
    return null;
  }

  /** A time with an offset, in the years 2000 to 2200. */
  public @Nullable Instant instant(String name) {
    String text = text(name, 40);
    return text == null ? null : instantOf(text, at(name), errors);
  }

  /** One of the names of an enum. */
  public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
    return oneOf(name, type, Enum::name);
  }

  /** One of an enum, as {@code spelling} writes it. */
  public <E extends Enum<E>> @Nullable E oneOf(
      String name, Class<E> type, Function<E, String> spelling) {
    String text = text(name, 40);
    if (text == null) {
      return null;
    }
    List<E> constants = List.of(type.getEnumConstants());
    for (E constant : constants) {
      if (spelling.apply(constant).equals(text)) {
        return constant;
      }
    }
    refuse(name, "must be one of " + constants.stream().map(spelling).toList());
    return null;
  }

  /** The texts of an array; each at most that long. */
  public @Nullable List<String> texts(String name, int maxItems, int maxLength) {
    List<Json> items = items(name, maxItems);
    if (items == null) {
      return null;
    }
    List<String> texts = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String text = textOf(items.get(i), at(name) + "/" + i, maxLength);
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  /** The whole numbers of an array. */
  public @Nullable List<Integer> integers(String name, int maxItems, int min, int max) {
    List<Json> items = items(name, maxItems);
    if (items == null) {
      return null;
    }
    List<Integer> numbers = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Long number = integerOf(items.get(i), at(name) + "/" + i, min, max);
      numbers.add(number == null ? 0 : number.intValue());
    }
    return numbers;
  }

  /** The members of an object whose values are texts. */
  public @Nullable Map<String, String> textMap(String name, int maxItems, int maxLength) {
    JsonFields fields = object(name);
    if (fields == null) {
      return null;
    }
    if (fields.members.size() > maxItems) {
      refuse(name, "has more than " + maxItems + " entries");
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    fields.members.forEach(
        (key, json) -> {
          String text = textOf(json, fields.at(key), maxLength);
          texts.put(key, text == null ? "" : text);
        });
    return texts;
  }

  /** Reports the members that were not asked for. */
  public void finish() {
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        refuse(name, "is not known here; known are " + known.stream().sorted().toList());
      }
    }
  }

  /** Reads a time; a wrong one goes to the errors. */
  public static @Nullable Instant instantOf(String text, String pointer, FieldErrors errors) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      if (time.getYear() >= 2000 && time.getYear() <= 2200) {
        return time.toInstant();
      }
      errors.add(pointer, "must be in the years 2000 to 2200");
    } catch (DateTimeException e) {
      errors.add(pointer, "is not a time; write it as 2026-11-21T08:00:00Z");
    }
    return null;
  }

  private @Nullable List<Json> items(String name, int maxItems) {
    Json json = any(name);
    if (json == null) {
      return null;
    }
    if (!(json instanceof Json.Arr array)) {
      refuse(name, "must be an array, not " + json.kind());
      return null;
    }
    if (array.items().size() > maxItems) {
      refuse(name, "has more than " + maxItems + " items");
      return null;
    }
    return array.items();
  }

  private @Nullable String textOf(Json json, String place, int maxLength) {
    if (!(json instanceof Json.Text text)) {
      errors.add(place, "must be a string, not " + json.kind());
      return null;
    }
    if (text.value().length() > maxLength) {
      errors.add(place, "is longer than " + maxLength + " characters");
      return null;
    }
    if (text.value().indexOf('\0') >= 0) {
      errors.add(place, "contains the character U+0000");
      return null;
    }
    return text.value();
  }

  private @Nullable Long integerOf(Json json, String place, long min, long max) {
    if (json instanceof Json.Num number) {
      try {
        long value = exact(number.literal());
        if (value >= min && value <= max) {
          return value;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        // The sentence below says it.
      }
    }
    errors.add(place, "must be a whole number in %d..%d".formatted(min, max));
    return null;
  }

  /** {@code 1e9} is a whole number; {@code 1e999999999} must not be written out to find that. */
  private static long exact(String literal) {
    BigDecimal value = new BigDecimal(literal);
    if (value.precision() - (long) value.scale() > 20) {
      throw new ArithmeticException("too large");
    }
    return value.scale() > 64 ? refuseFraction() : value.longValueExact();
  }

  private static long refuseFraction() {
    throw new ArithmeticException("a fraction");
  }
}
