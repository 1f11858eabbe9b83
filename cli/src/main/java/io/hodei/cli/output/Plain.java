package io.hodei.cli.output;

/**
 * Makes text from the server harmless for a terminal: no escape sequence, no control character, no
 * text direction trick.
 */
public final class Plain {
  private Plain() {}

  /**
   * Control and formatting characters become visible as {@code \xNN} or {@code \\uNNNN}; tabs and
   * line ends become {@code \t}, {@code \n}.
   */
  public static String of(String text) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (harmless(c)) {
        if (plain != null) {
          plain.append(c);
        }
        continue;
      }
      if (plain == null) {
        plain = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      plain.append(visible(c));
    }
    return plain == null ? text : plain.toString();
  }

  private static boolean harmless(char c) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
      return false;
    }
    return Character.getType(c) != Character.FORMAT && c != '\u2028' && c != '\u2029';
  }

  private static String visible(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < 0x100 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c);
    };
  }
}
