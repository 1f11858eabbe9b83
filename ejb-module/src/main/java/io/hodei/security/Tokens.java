package io.hodei.security;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.Ids;
import io.hodei.platform.OutboxWritten;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.IssuedToken;
import io.hodei.security.entity.NewToken;
import io.hodei.security.entity.Token;
import io.hodei.security.entity.TokenRequest;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** The API tokens of a tenant. */
@Stateless
public class Tokens {
  private final TenantDatabase tenants;
  private final Audit audit;
  private final Ids ids;
  private final Event<OutboxWritten> outbox;

  @Inject
  public Tokens(TenantDatabase tenants, Audit audit, Ids ids, Event<OutboxWritten> outbox) {
    this.tenants = tenants;
    this.audit = audit;
    this.ids = ids;
    this.outbox = outbox;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Tokens() {
    this(null, null, null, null);
  }

  /** Makes a token. Nobody gives more than they have; an administrator also admits agents. */
  public IssuedToken create(Caller caller, TokenRequest request) {
    refuseMoreThanOwn(caller, request);
    EntityManager entities = tenants.entitiesOf(caller.tenantId());
    Instant now = now(entities);
    String secret = TokenSecret.generate();
    NewToken wanted =
        new NewToken(
            ids.next(),
            caller.tenantId(),
            request.name(),
            request.role(),
            request.installation(),
            secret);
    Instant expiresAt = request.expiresIn() == null ? null : now.plus(request.expiresIn());
    Token token =
        new Token(
            wanted,
            TokenSecret.sha256(secret),
            TokenSecret.shown(secret),
            new Token.Creation(now, caller.tokenId(), expiresAt));
    entities.persist(token);
    entities.flush();
    written(caller, "created", token.id());
    audit.record(
        caller,
        "token.create",
        Id.format(token.id()),
        "{\"role\":\"%s\",\"installation\":%b}".formatted(request.role(), request.installation()));
    return new IssuedToken(token, secret);
  }

  /** The newest first, those before an id (0: from the start); revoked ones too. */
  public List<Token> list(Caller caller, long beforeId, int limit) {
    return tenants
        .entitiesOf(caller.tenantId())
        .createQuery(
            "select t from Token t where t.tenantId = :tenant and t.id < :before order by t.id desc",
            Token.class)
        .setParameter("tenant", caller.tenantId())
        .setParameter("before", beforeId == 0 ? Long.MAX_VALUE : beforeId)
        .setMaxResults(limit)
        .getResultList();
  }

  /** One token; the caller's own, for example. */
  public Token get(Caller caller, long id) {
    return own(tenants.entitiesOf(caller.tenantId()), caller, id);
  }

  /**
   * Makes a token useless, on every node within seconds. The last one that can administer the
   * tenant, or the installation, stays: without it nobody could make another.
   */
  public void revoke(Caller caller, long id) {
    EntityManager entities = tenants.entitiesOf(caller.tenantId());
    Token token = own(entities, caller, id);
    if (token.revokedAt() != null) {
      return;
    }
    // Takes the lock that orders the changes of a tenant: two cannot both leave "the other" behind.
    audit.record(caller, "token.revoke", Id.format(id), "{}");
    Instant now = now(entities);
    if (token.isInstallation() && !caller.may(Permission.INSTALLATION_MANAGE)) {
      throw new DomainException(
          ErrorCode.FORBIDDEN,
          "This token administers the installation; only another such administrator can revoke it.");
    }
    refuseLast(entities, caller, token, now);
    token.revoke(now);
    entities.flush();
    written(caller, "revoked", id);
  }

  private static void refuseMoreThanOwn(Caller caller, TokenRequest request) {
    EnumSet<Permission> wanted = EnumSet.noneOf(Permission.class);
    wanted.addAll(request.role().permissions());
    if (request.installation()) {
      wanted.add(Permission.INSTALLATION_MANAGE);
    }
    wanted.removeAll(caller.permissions());
    wanted.remove(Permission.AGENT_CONNECT);
    if (!wanted.isEmpty()) {
      throw new DomainException(
          ErrorCode.FORBIDDEN,
          "A token cannot be given more than its maker has; yours lacks " + wanted + ".");
    }
  }

  private static void refuseLast(EntityManager entities, Caller caller, Token token, Instant now) {
    if (token.role() != Role.ADMIN || !token.isUsableAt(now)) {
      return;
    }
    boolean another =
        entities
            .createQuery(
                "select t from Token t where t.tenantId = :tenant and t.role = :role and t.id <> :id"
                    + " and t.revokedAt is null",
                Token.class)
            .setParameter("tenant", caller.tenantId())
            .setParameter("role", Role.ADMIN)
            .setParameter("id", token.id())
            .getResultStream()
            .anyMatch(
                other ->
                    other.isUsableAt(now) && (other.isInstallation() || !token.isInstallation()));
    if (!another) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "This is the last token that can administer %s. Create another ADMIN token first."
              .formatted(token.isInstallation() ? "the installation" : "the tenant"));
    }
  }

  private static Token own(EntityManager entities, Caller caller, long id) {
    Token token = entities.find(Token.class, id);
    if (token == null || token.tenantId() != caller.tenantId()) {
      throw DomainException.notFound("token", Id.format(id));
    }
    return token;
  }

  private void written(Caller caller, String verb, long id) {
    SecurityRepository.event(
        tenants.in(caller.tenantId()),
        caller.tenantId(),
        "token." + verb,
        "[{\"token\":" + id + "}]");
    outbox.fire(new OutboxWritten());
  }

  private static Instant now(EntityManager entities) {
    return (Instant)
        entities.createNativeQuery("select clock_timestamp()", Instant.class).getSingleResult();
  }
}
