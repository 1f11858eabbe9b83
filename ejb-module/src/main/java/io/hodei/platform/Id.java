package io.hodei.platform;

/**
 * The text form of a 64-bit id: 13 characters of Crockford's base 32, most significant first, so
 * that texts sort like the ids. Reads lower case and the look-alikes o, i and l.
 */
public final class Id {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final byte[] VALUES = new byte[128];
  private static final int LENGTH = 13;

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      VALUES[DIGITS[i]] = (byte) i;
      VALUES[Character.toLowerCase(DIGITS[i])] = (byte) i;
    }
    VALUES['O'] = VALUES['o'] = 0;
    VALUES['I'] = VALUES['i'] = VALUES['L'] = VALUES['l'] = 1;
  }

  private Id() {}

  public static String format(long id) {
    char[] text = new char[LENGTH];
    long rest = id;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
    return new String(text);
  }

  /**
   * Reads an id.
   *
   * @return the id, or -1 when the text is not one (no id is negative)
   */
  public static long parse(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') {
      return -1;
    }
    long id = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      byte value = c < 128 ? VALUES[c] : -1;
      if (value < 0) {
        return -1;
      }
      id = id << 5 | value;
    }
    return id;
  }
}
