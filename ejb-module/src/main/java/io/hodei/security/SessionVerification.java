package io.hodei.security;

import io.hodei.security.control.SessionRepository;
import io.hodei.security.control.SessionSecret;
import io.hodei.security.entity.ConsoleSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Says whose login a secret is. Looks it up by its hash, and again after a second at the latest; at
 * once when {@link #forget} says that something was revoked.
 */
@ApplicationScoped
public class SessionVerification {
  private final SessionRepository repository;
  private final SecretFindings<ConsoleSession> findings =
      new SecretFindings<>(SessionSecret::isWellFormed, Duration.ofSeconds(1));

  @Inject
  public SessionVerification(SessionRepository repository) {
    this.repository = repository;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SessionVerification() {
    this(null);
  }

  /** The login of a secret that was verified a moment ago; needs no database. */
  public Optional<ConsoleSession> remembered(String secret) {
    return findings.remembered(secret);
  }

  /**
   * The login of a secret; empty when it is unknown, ended, too old or too long unused, its token
   * is revoked or expired, or its tenant is disabled.
   *
   * @throws io.hodei.platform.DatabaseFailure when it cannot be looked up now
   */
  public Optional<ConsoleSession> verify(String secret) {
    return findings.find(secret, repository::find);
  }

  /** Looks again for all logins of a tenant. */
  public void forget(long tenantId) {
    findings.forget(session -> session.caller().tenantId() == tenantId);
  }
}
