package io.hodei.parameters;

import io.hodei.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a pipeline or template.
 *
 * @param fallback its value when none is given
 * @param pattern a regular expression (RE2) the whole text must match
 * @param values what an ENUM allows; else empty
 */
public record Parameter(
    String name,
    Type type,
    boolean required,
    @Nullable Json fallback,
    @Nullable String pattern,
    List<String> values,
    @Nullable String description) {

  /** What a parameter may hold. */
  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    ENUM,
    /** The name of a file, kept as text. */
    FILE,
    /** The name of a secret; its value never enters the server's expressions. */
    SECRET;

    /** How documents write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
