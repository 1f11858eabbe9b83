package io.hodei.security.entity;

import java.time.Instant;

/**
 * A one-time code at the only moment when its text is known.
 *
 * @param code begins one login
 */
public record IssuedCode(String code, Instant expiresAt) {
  @Override
  public String toString() {
    return "IssuedCode[until " + expiresAt + "]";
  }
}
