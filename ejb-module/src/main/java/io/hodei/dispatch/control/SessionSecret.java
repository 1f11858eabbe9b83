package io.hodei.dispatch.control;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** What an agent proves its session with; the database has only its hash. */
record SessionSecret(byte[] bytes) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static SessionSecret random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new SessionSecret(bytes);
  }

  byte[] hash() {
    return hash(bytes);
  }

  static byte[] hash(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
