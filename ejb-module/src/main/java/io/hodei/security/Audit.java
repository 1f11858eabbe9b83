package io.hodei.security;

import io.hodei.platform.TenantDatabase;
import io.hodei.security.control.AuditChain;
import io.hodei.security.entity.AuditEntry;
import io.hodei.security.entity.AuditVerdict;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** The audit trail of a tenant: append-only, chained by hashes. */
@Stateless
public class Audit {
  private final TenantDatabase tenants;

  @Inject
  public Audit(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Audit() {
    this(null);
  }

  /**
   * Writes down a change in the transaction that makes it. Changes of one tenant wait for each
   * other from here to the commit, so call it last.
   *
   * @param action {@code <kind>.<verb>}, for example {@code job.cancel}
   * @param target the id or name it happens to; {@code *} for a filter
   * @param detail JSON text, {@code {}} when there is none; never a secret
   */
  public void record(Caller caller, String action, String target, String detail) {
    AuditChain.append(
        tenants.in(caller.tenantId()),
        caller.tenantId(),
        caller.tokenId(),
        caller.name(),
        action,
        target,
        detail);
  }

  /** The newest first; {@code before} is the number of the last entry seen, 0 at the start. */
  public List<AuditEntry> list(Caller caller, AuditEntry.Filter filter, long before, int limit) {
    return AuditChain.page(tenants.in(caller.tenantId()), caller.tenantId(), filter, before, limit);
  }

  /** Reads the whole trail and checks every link. */
  public AuditVerdict verify(Caller caller) {
    return AuditChain.verify(tenants.in(caller.tenantId()), caller.tenantId());
  }
}
