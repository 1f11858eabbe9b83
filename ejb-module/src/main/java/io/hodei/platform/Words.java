package io.hodei.platform;

/** The forms of names, checked character by character. */
public final class Words {
  private Words() {}

  public static boolean isPool(String text) {
    return matches(text, 63, "._-");
  }

  public static boolean isLabelKey(String text) {
    return matches(text, 63, "._/-");
  }

  public static boolean isVariable(String text) {
    if (text.isEmpty() || text.length() > 255 || isDigit(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '_');
  }

  /** A name of a tenant: lower case letters, digits and hyphens. */
  public static boolean isSlug(String text) {
    return matches(text, 63, "-") && text.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean matches(String text, int longest, String marks) {
    if (text.isEmpty() || text.length() > longest) {
      return false;
    }
    char first = text.charAt(0);
    return (isLetter(first) || isDigit(first))
        && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || marks.indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
