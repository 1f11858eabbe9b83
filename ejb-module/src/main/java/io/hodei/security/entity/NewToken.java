package io.hodei.security.entity;

import io.hodei.security.Role;

/**
 * A token that is about to be stored.
 *
 * @param secret its text; only the hash of it is kept
 * @param installation whether its holder administers the whole installation
 */
public record NewToken(
    long id, long tenantId, String name, Role role, boolean installation, String secret) {
  @Override
  public String toString() {
    return "NewToken[" + name + "]";
  }
}
