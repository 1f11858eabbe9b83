package io.hodei.security.entity;

import java.util.Optional;

/**
 * Whether a tenant's audit trail is whole.
 *
 * @param entries how many there must be
 * @param brokenAt the first number where the chain does not hold; empty when it holds
 */
public record AuditVerdict(long entries, Optional<Long> brokenAt) {
  public boolean whole() {
    return brokenAt.isEmpty();
  }
}
