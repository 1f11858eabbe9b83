package io.hodei.json;

import java.util.List;
import java.util.Map;

/** A JSON value. Equality is by content; objects keep the order of their keys. */
public sealed interface Json {
  /** An object; its keys are unique. */
  record Obj(Map<String, Json> members) implements Json {}

  /** An array. */
  record Arr(List<Json> items) implements Json {}

  /** A string without lone surrogates. */
  record Text(String value) implements Json {}

  /**
   * A number as it was written, at most 64 characters.
   *
   * @param literal valid by RFC 8259
   */
  record Num(String literal) implements Json {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Json {}

  /** {@code null}. */
  record Null() implements Json {
    public static final Null INSTANCE = new Null();
  }

  /** The name of its kind with an article, for error messages. */
  default String kind() {
    return switch (this) {
      case Obj o -> "an object";
      case Arr a -> "an array";
      case Text t -> "a string";
      case Num n -> "a number";
      case Bool b -> "a boolean";
      case Null n -> "null";
    };
  }
}
