package io.hodei.security.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of an API token: {@code hod_}, 34 random characters (202 bits) and 6 that are their
 * checksum, so that a mistyped token is refused without asking the database and a scanner for
 * leaked secrets knows a real one.
 */
public final class TokenSecret {
  private static final String PREFIX = "hod_";
  private static final int RANDOM = 34;
  private static final int CHECK = 6;
  private static final int LENGTH = PREFIX.length() + RANDOM + CHECK;
  private static final int SHOWN = 10;
  private static final char[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
  private static final SecureRandom RANDOMNESS = new SecureRandom();

  private TokenSecret() {}

  public static String generate() {
    StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
    for (int i = 0; i < RANDOM; i++) {
      text.append(DIGITS[RANDOMNESS.nextInt(DIGITS.length)]);
    }
    return text.append(checksum(text)).toString();
  }

  /** Whether the text can be a token of this product at all. */
  public static boolean isWellFormed(String text) {
    return text.length() == LENGTH
        && text.startsWith(PREFIX)
        && text.regionMatches(
            LENGTH - CHECK, checksum(text.subSequence(0, LENGTH - CHECK)), 0, CHECK);
  }

  /** What is stored instead of the token. */
  public static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The first characters, by which a person recognises a token in a list. */
  public static String shown(String text) {
    return text.substring(0, SHOWN);
  }

  private static String checksum(CharSequence text) {
    CRC32 crc = new CRC32();
    for (int i = 0; i < text.length(); i++) {
      crc.update(text.charAt(i));
    }
    char[] check = new char[CHECK];
    long rest = crc.getValue();
    for (int i = CHECK - 1; i >= 0; i--) {
      check[i] = DIGITS[(int) (rest % DIGITS.length)];
      rest /= DIGITS.length;
    }
    return new String(check);
  }
}
