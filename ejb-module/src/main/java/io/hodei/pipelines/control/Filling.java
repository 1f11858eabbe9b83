package io.hodei.pipelines.control;

import io.hodei.jobs.entity.SecretText;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with expressions in it: <code>${{ … }}</code> is an expression, <code>$${{</code> stands
 * for <code>${{</code>.
 */
record Filling(List<Part> parts) {
  private static final String BEGIN = "${{";

  /** A piece of the text. */
  sealed interface Part {
    /** Characters that stay as they are. */
    record Literal(String text) implements Part {}

    /**
     * An expression.
     *
     * @param offset of its first character in the text
     */
    record Expr(String text, int offset) implements Part {}

    /**
     * A reference to a secret, which nobody fills before the call that needs it.
     *
     * @param text with its braces
     * @param offset of its first character in the text
     */
    record Secret(String text, int offset) implements Part {}
  }

  /** An expression that does not end. */
  static final class Unfinished extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;

    Unfinished(int offset) {
      super("the expression that begins here does not end with }}", null, false, false);
      this.offset = offset;
    }

    int offset() {
      return offset;
    }
  }

  /** Whether a text has anything to fill, or to unescape. */
  static boolean isIn(String text) {
    return text.contains(BEGIN);
  }

  static Filling of(String text) throws Unfinished {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (true) {
      int begin = text.indexOf(BEGIN, at);
      if (begin < 0) {
        literal.append(text, at, text.length());
        break;
      }
      if (begin > at && text.charAt(begin - 1) == '$') {
        literal.append(text, at, begin - 1).append(BEGIN);
        at = begin + BEGIN.length();
        continue;
      }
      literal.append(text, at, begin);
      if (!literal.isEmpty()) {
        parts.add(new Part.Literal(literal.toString()));
        literal.setLength(0);
      }
      int end = end(text, begin);
      parts.add(
          isSecret(text.substring(begin, end + 2))
              ? new Part.Secret(text.substring(begin, end + 2), begin)
              : expression(text, begin + BEGIN.length(), end));
      at = end + 2;
    }
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
    }
    return new Filling(parts);
  }

  /** Whether all of the text is one expression, so that it takes the type of its value. */
  boolean isWhole() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Expr;
  }

  /** Whether there is anything to fill here and now. */
  boolean hasExpressions() {
    return parts.stream().anyMatch(Part.Expr.class::isInstance);
  }

  private static boolean isSecret(String text) {
    try {
      return SecretText.of(text).parts().getFirst() instanceof SecretText.Reference;
    } catch (SecretText.Unknown e) {
      return false;
    }
  }

  private static Part.Expr expression(String text, int from, int to) {
    String inside = text.substring(from, to);
    int blanks = inside.length() - inside.stripLeading().length();
    return new Part.Expr(inside.strip(), from + blanks);
  }

  /** Where the closing braces stand that are in no text and no object of the expression. */
  private static int end(String text, int begin) throws Unfinished {
    int depth = 0;
    int i = begin + BEGIN.length();
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = afterQuoted(text, i, c);
        continue;
      }
      if (c == '{') {
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
      } else if (c == '}' && text.startsWith("}}", i)) {
        return i;
      }
      i++;
    }
    throw new Unfinished(begin);
  }

  private static int afterQuoted(String text, int from, char quote) {
    String three = String.valueOf(quote).repeat(3);
    boolean raw = from > 0 && (text.charAt(from - 1) == 'r' || text.charAt(from - 1) == 'R');
    String end = text.startsWith(three, from) ? three : String.valueOf(quote);
    int i = from + end.length();
    while (i < text.length()) {
      if (text.charAt(i) == '\\' && !raw) {
        i += 2;
      } else if (text.startsWith(end, i)) {
        return i + end.length();
      } else {
        i++;
      }
    }
    return text.length();
  }
}
