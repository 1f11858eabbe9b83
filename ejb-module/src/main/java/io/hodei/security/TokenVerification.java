package io.hodei.security;

import io.hodei.security.control.SecurityRepository;
import io.hodei.security.control.TokenSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Says who comes with a token. Looks it up by its hash, and again after three seconds at the
 * latest, and at once when {@link #forget} says that something was revoked.
 */
@ApplicationScoped
public class TokenVerification {
  private final SecurityRepository repository;
  private final SecretFindings<Caller> findings =
      new SecretFindings<>(TokenSecret::isWellFormed, Duration.ofSeconds(3));

  @Inject
  public TokenVerification(SecurityRepository repository) {
    this.repository = repository;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected TokenVerification() {
    this(null);
  }

  /** The principal of a token that was verified a moment ago; needs no database. */
  public Optional<Caller> remembered(String bearer) {
    return findings.remembered(bearer);
  }

  /**
   * The principal of a token; empty when it is unknown, revoked, expired or its tenant is disabled.
   *
   * @throws io.hodei.platform.DatabaseFailure when it cannot be looked up now
   */
  public Optional<Caller> verify(String bearer) {
    return findings.find(bearer, repository::callerOf);
  }

  /** Looks again for all tokens of a tenant. */
  public void forget(long tenantId) {
    findings.forget(caller -> caller.tenantId() == tenantId);
  }
}
