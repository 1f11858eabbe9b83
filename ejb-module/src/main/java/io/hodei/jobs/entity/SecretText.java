package io.hodei.jobs.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that may name secrets: <code>${{ secrets.name }}</code> stands for a secret's value,
 * <code>$${{</code> for <code>${{</code>. A job only ever holds the name.
 */
public record SecretText(List<Part> parts) {
  private static final String BEGIN = "${{";
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{\\{\\s*secrets\\.([A-Za-z0-9][A-Za-z0-9_-]{0,62})\\s*\\}\\}");

  /** A piece of the text. */
  public sealed interface Part {}

  /** Characters that stay as they are. */
  public record Literal(String text) implements Part {}

  /** The value of a secret. */
  public record Reference(String secret) implements Part {}

  /** Something in braces that is no reference. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(int offset) {
      super(
          "has at character %d an expression that is no ${{ secrets.name }}; write $${{ for the text ${{"
              .formatted(offset + 1),
          null,
          false,
          false);
    }
  }

  /** How a reference is written. */
  public static String reference(String secret) {
    return "${{ secrets." + secret + " }}";
  }

  public static boolean isName(String secret) {
    return REFERENCE.matcher(reference(secret)).matches();
  }

  /** Reads a text. */
  public static SecretText of(String text) throws Unknown {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    int at = 0;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, at)) {
      if (begin > at && text.charAt(begin - 1) == '$') {
        literal.append(text, at, begin - 1).append(BEGIN);
        at = begin + BEGIN.length();
        continue;
      }
      if (!reference.region(begin, text.length()).lookingAt()) {
        throw new Unknown(begin);
      }
      literal.append(text, at, begin);
      add(parts, literal);
      parts.add(new Reference(reference.group(1)));
      at = reference.end();
    }
    literal.append(text, at, text.length());
    add(parts, literal);
    return new SecretText(parts);
  }

  /** The text with {@code x} for each secret: as much as can be checked without knowing them. */
  public String withoutSecrets() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part instanceof Literal literal ? literal.text() : "x");
    }
    return text.toString();
  }

  private static void add(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
