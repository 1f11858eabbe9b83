package io.hodei.security;

import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Id;
import io.hodei.platform.Ids;
import io.hodei.platform.OutboxWritten;
import io.hodei.platform.Settings;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.SessionRows;
import io.hodei.security.control.SessionSecret;
import io.hodei.security.control.TokenSecret;
import io.hodei.security.entity.ConsoleSession;
import io.hodei.security.entity.IssuedCode;
import io.hodei.security.entity.IssuedSession;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;

/** The logins of browsers, each bound to the token that it came from. */
@Stateless
public class ConsoleSessions {
  /** How long a one-time code can be used. */
  static final Duration CODE_LIVES = Duration.ofSeconds(60);

  private final TenantDatabase tenants;
  private final Audit audit;
  private final Ids ids;
  private final Settings settings;
  private final Event<OutboxWritten> outbox;

  @Inject
  public ConsoleSessions(
      TenantDatabase tenants,
      Audit audit,
      Ids ids,
      Settings settings,
      Event<OutboxWritten> outbox) {
    this.tenants = tenants;
    this.audit = audit;
    this.ids = ids;
    this.settings = settings;
    this.outbox = outbox;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ConsoleSessions() {
    this(null, null, null, null, null);
  }

  /**
   * Begins a login. Of more than two hundred of a token the oldest ends.
   *
   * @param detail JSON text for the audit trail: by what, from where
   */
  public IssuedSession begin(Caller caller, String detail) {
    refuseAgents(caller);
    String secret = SessionSecret.generate();
    ConsoleSession session =
        SessionRows.begin(
            tenants.in(caller.tenantId()),
            caller,
            ids.next(),
            TokenSecret.sha256(secret),
            new SessionRows.Limits(
                settings.value(HodeiSettings.CONSOLE_SESSION_IDLE),
                settings.value(HodeiSettings.CONSOLE_SESSION_LIMIT)));
    audit.record(caller, "session.login", Id.format(session.id()), detail);
    return new IssuedSession(session, secret);
  }

  /** Ends a login, on every node at once; does nothing when it has ended. */
  public void end(Caller caller, long id) {
    Database database = tenants.in(caller.tenantId());
    if (SessionRows.end(database, caller.tenantId(), id)) {
      SecurityRepository.event(
          database,
          caller.tenantId(),
          "session.ended",
          "[{\"session\":%d,\"token\":%d}]".formatted(id, caller.tokenId()));
      outbox.fire(new OutboxWritten());
      audit.record(caller, "session.logout", Id.format(id), "{}");
    }
  }

  /** Makes a code that begins one login for the caller's token within a minute. */
  public IssuedCode code(Caller caller) {
    refuseAgents(caller);
    String code = SessionSecret.generate();
    IssuedCode issued =
        new IssuedCode(
            code,
            SessionRows.code(
                tenants.in(caller.tenantId()), caller, TokenSecret.sha256(code), CODE_LIVES));
    audit.record(caller, "session.code", Id.format(caller.tokenId()), "{}");
    return issued;
  }

  private static void refuseAgents(Caller caller) {
    if (caller.role() == Role.AGENT) {
      throw new DomainException(
          ErrorCode.FORBIDDEN,
          "This is the token of an agent, which has nothing to see in the console. Use the token of a person.");
    }
  }
}
