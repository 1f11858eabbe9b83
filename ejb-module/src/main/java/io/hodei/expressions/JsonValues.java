package io.hodei.expressions;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import io.hodei.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns JSON into what expressions work with, and back. */
public final class JsonValues {
  private static final int MOST_PARTS = 200_000;
  private static final long MOST_CHARACTERS = 1 << 20;
  private static final double LARGEST_WHOLE = 9_007_199_254_740_992.0;

  private int parts;
  private long characters;

  private JsonValues() {}

  /** What an expression sees of a value. */
  public static Object cel(Json json) {
    return switch (json) {
      case Json.Text t -> t.value();
      case Json.Bool b -> b.value();
      case Json.Null n -> NullValue.NULL_VALUE;
      case Json.Num n -> number(n.literal());
      case Json.Arr a -> {
        List<Object> items = new ArrayList<>(a.items().size());
        a.items().forEach(item -> items.add(cel(item)));
        yield Collections.unmodifiableList(items);
      }
      case Json.Obj o -> {
        Map<String, Object> members = LinkedHashMap.newLinkedHashMap(o.members().size());
        o.members().forEach((name, member) -> members.put(name, cel(member)));
        yield Collections.unmodifiableMap(members);
      }
    };
  }

  /** Whole numbers of 64 bits stay exact; all others are doubles, as in most readers of JSON. */
  private static Object number(String literal) {
    if (literal.length() < 20
        && literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      try {
        return Long.parseLong(literal);
      } catch (NumberFormatException e) {
        // One that needs more than 64 bits.
      }
    }
    return Double.parseDouble(literal);
  }

  /** The JSON of a value that an expression gave. */
  public static Json json(Object value) {
    return new JsonValues().write(value);
  }

  private Json write(Object value) {
    if (++parts > MOST_PARTS) {
      throw new CelBudget.Exceeded("the value has more than %d parts".formatted(MOST_PARTS));
    }
    return switch (value) {
      case String s -> text(s);
      case Boolean b -> new Json.Bool(b);
      case Long l -> new Json.Num(l.toString());
      case Integer i -> new Json.Num(i.toString());
      case UnsignedLong u -> new Json.Num(u.toString());
      case Double d -> new Json.Num(literal(d));
      case NullValue n -> Json.Null.INSTANCE;
      case Instant i -> text(i.toString());
      case Duration d -> text(d.toString());
      case Collection<?> c -> {
        List<Json> items = new ArrayList<>(c.size());
        c.forEach(item -> items.add(write(item)));
        yield new Json.Arr(items);
      }
      case Map<?, ?> m -> {
        Map<String, Json> members = LinkedHashMap.newLinkedHashMap(m.size());
        m.forEach((key, member) -> members.put(key(key), write(member)));
        yield new Json.Obj(members);
      }
      default ->
          throw new IllegalArgumentException(
              "the value is of a kind that JSON does not have: "
                  + value.getClass().getSimpleName());
    };
  }

  private String key(Object key) {
    return write(key) instanceof Json.Text text ? text.value() : key.toString();
  }

  private Json text(String text) {
    characters += text.length();
    if (characters > MOST_CHARACTERS) {
      throw new CelBudget.Exceeded(
          "the value has more than %d characters".formatted(MOST_CHARACTERS));
    }
    return new Json.Text(text);
  }

  private static String literal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("the value is not a number: a division by zero?");
    }
    return value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE
        ? Long.toString((long) value)
        : new BigDecimal(Double.toString(value)).toString();
  }
}
