package io.hodei.security.entity;

/**
 * A tenant at the only moment when the text of its first administrator's token is known.
 *
 * @param adminToken what the administrator sends
 */
public record CreatedTenant(Tenant tenant, String adminToken) {
  @Override
  public String toString() {
    return "CreatedTenant[" + tenant.name() + "]";
  }
}
