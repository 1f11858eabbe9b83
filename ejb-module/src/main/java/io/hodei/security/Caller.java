package io.hodei.security;

import java.util.Set;

/**
 * An authenticated principal in its tenant: the first parameter of every boundary method that
 * serves a request.
 *
 * @param tokenId the token it came with
 * @param name the token's name, for audit and lists
 */
public record Caller(
    long tenantId,
    String tenantName,
    long tokenId,
    String name,
    Role role,
    Set<Permission> permissions) {
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
