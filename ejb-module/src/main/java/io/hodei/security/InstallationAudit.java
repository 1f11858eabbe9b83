package io.hodei.security;

import io.hodei.platform.EngineDatabase;
import io.hodei.security.control.AuditChain;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/**
 * The audit trail for changes of the installation: written to the trail of the administrator's
 * tenant, in the engine's transaction that makes the change.
 */
@Dependent
public class InstallationAudit {
  private final EngineDatabase database;

  @Inject
  public InstallationAudit(EngineDatabase database) {
    this.database = database;
  }

  /** Writes a change down; see {@link Audit#record}. */
  public void record(Caller caller, Audit.Change change) {
    AuditChain.append(
        database,
        caller.tenantId(),
        caller.tokenId(),
        caller.name(),
        change.action(),
        change.target(),
        change.detail());
  }
}
