package io.hodei.security.control;

import java.security.SecureRandom;
import java.util.Base64;

/** The secrets of console sessions and one-time codes: 256 random bits as base64url. */
public final class SessionSecret {
  private static final int BYTES = 32;
  private static final int LENGTH = 43;
  private static final SecureRandom RANDOMNESS = new SecureRandom();

  private SessionSecret() {}

  public static String generate() {
    byte[] bytes = new byte[BYTES];
    RANDOMNESS.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether the text can be such a secret at all; what is none costs no look-up. */
  public static boolean isWellFormed(String text) {
    return text.length() == LENGTH
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_');
  }
}
