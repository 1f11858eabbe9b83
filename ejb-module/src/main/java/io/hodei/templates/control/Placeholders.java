package io.hodei.templates.control;

import io.hodei.json.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text apart. <code>{{name}}</code> and <code>{{name|raw}}</code> are placeholders, with
 * any spaces inside; <code>{{{{</code> stands for two braces; two braces that begin anything else
 * are a mistake. Everything else, also <code>}}</code>, stands for itself.
 */
final class Placeholders {
  private static final String OPEN = "{{";
  private static final String ESCAPED = "{{{{";
  private static final String CLOSE = "}}";
  private static final String RAW = "raw";

  /** A piece of a text. */
  sealed interface Part {}

  /** Text that stays. */
  record Literal(String text) implements Part {}

  /** The place of a value. */
  record Value(String name, boolean raw) implements Part {}

  private Placeholders() {}

  /** Whether a text may change when it is filled. */
  static boolean in(String text) {
    return text.contains(OPEN);
  }

  /** The parts in their order; what is wrong goes to the errors. */
  static List<Part> parse(String text, String place, FieldErrors errors) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf(OPEN, at);
      if (open < 0) {
        break;
      }
      literal.append(text, at, open);
      if (text.startsWith(ESCAPED, open)) {
        literal.append(OPEN);
        at = open + ESCAPED.length();
        continue;
      }
      int close = text.indexOf(CLOSE, open);
      Value value = close < 0 ? null : value(text.substring(open + OPEN.length(), close));
      if (value == null) {
        errors.add(
            place,
            "has {{ at character %d that begins no placeholder; write {{name}}, or {{{{ for two braces"
                .formatted(open + 1));
        return List.of();
      }
      flush(literal, parts);
      parts.add(value);
      at = close + CLOSE.length();
    }
    literal.append(text, at, text.length());
    flush(literal, parts);
    return parts;
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static @Nullable Value value(String inside) {
    int bar = inside.indexOf('|');
    String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    boolean raw = bar >= 0;
    if (!isName(name) || (raw && !inside.substring(bar + 1).strip().equals(RAW))) {
      return null;
    }
    return new Value(name, raw);
  }

  /** Letters, digits and underscores, no digit first, at most 63. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= 63
        && !isDigit(text.charAt(0))
        && text.chars().allMatch(c -> isLetter(c) || isDigit(c));
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
