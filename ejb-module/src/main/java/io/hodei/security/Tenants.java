package io.hodei.security;

import io.hodei.platform.DatabaseFailure;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.Ids;
import io.hodei.platform.OutboxWritten;
import io.hodei.security.control.AuditChain;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.CreatedTenant;
import io.hodei.security.entity.NewToken;
import io.hodei.security.entity.Tenant;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** The tenants of the installation. Every caller must hold {@code INSTALLATION_MANAGE}. */
@Stateless
public class Tenants {
  private final SecurityRepository repository;
  private final Ids ids;
  private final Event<OutboxWritten> outbox;

  @Inject
  public Tenants(SecurityRepository repository, Ids ids, Event<OutboxWritten> outbox) {
    this.repository = repository;
    this.ids = ids;
    this.outbox = outbox;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Tenants() {
    this(null, null, null);
  }

  /**
   * Makes a tenant and its first administrator.
   *
   * @param name a slug: lower case letters, digits and hyphens, at most 63
   */
  public CreatedTenant create(Caller caller, String name) {
    require(caller);
    String secret = TokenSecret.generate();
    Tenant tenant = insert(name);
    AuditChain.open(repository.database(), tenant.id());
    repository.insertToken(
        new NewToken(ids.next(), tenant.id(), "admin", Role.ADMIN, false, secret));
    repository.event(caller.tenantId(), "tenant.created", "[{\"tenant\":" + tenant.id() + "}]");
    outbox.fire(new OutboxWritten());
    audit(caller, "tenant.create", tenant);
    return new CreatedTenant(tenant, secret);
  }

  /** The newest first, those before an id (0: from the start). */
  public List<Tenant> list(Caller caller, long beforeId, int limit) {
    require(caller);
    return repository.tenants(beforeId, limit);
  }

  public Tenant get(Caller caller, long id) {
    require(caller);
    return repository
        .tenant(id)
        .orElseThrow(() -> DomainException.notFound("tenant", Id.format(id)));
  }

  /** Makes the tokens of a tenant useless until it is enabled again. Its jobs and data stay. */
  public Tenant setDisabled(Caller caller, long id, boolean disabled) {
    require(caller);
    if (disabled && id == caller.tenantId()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "This is your own tenant; disabling it would lock every administrator of the installation out.");
    }
    Tenant tenant =
        repository
            .setDisabled(id, disabled)
            .orElseThrow(() -> DomainException.notFound("tenant", Id.format(id)));
    repository.event(
        id, disabled ? "tenant.disabled" : "tenant.enabled", "[{\"tenant\":" + id + "}]");
    outbox.fire(new OutboxWritten());
    audit(caller, disabled ? "tenant.disable" : "tenant.enable", tenant);
    return tenant;
  }

  private Tenant insert(String name) {
    try {
      return repository.insertTenant(ids.next(), name);
    } catch (DatabaseFailure e) {
      if (e.constraint().equals("tenants_name_unique")) {
        throw new DomainException(
            ErrorCode.CONFLICT, "There is a tenant named %s already.".formatted(name));
      }
      throw e;
    }
  }

  private void audit(Caller caller, String action, Tenant tenant) {
    AuditChain.append(
        repository.database(),
        caller.tenantId(),
        caller.tokenId(),
        caller.name(),
        action,
        Id.format(tenant.id()),
        "{\"name\":\"%s\"}".formatted(tenant.name()));
  }

  private static void require(Caller caller) {
    if (!caller.may(Permission.INSTALLATION_MANAGE)) {
      throw new DomainException(
          ErrorCode.FORBIDDEN, "Only an administrator of the installation can do this.");
    }
  }
}
