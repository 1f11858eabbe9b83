package io.hodei.security;

import io.hodei.security.control.SessionRepository;
import io.hodei.security.control.SessionSecret;
import io.hodei.security.control.TokenSecret;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** Takes the one-time codes that begin a login. */
@Stateless
public class LoginCodes {
  private final SessionRepository repository;

  @Inject
  public LoginCodes(SessionRepository repository) {
    this.repository = repository;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected LoginCodes() {
    this(null);
  }

  /**
   * Whom a code was made for. It is used up by this, whatever comes of it; of callers that come
   * together with the same code one gets an answer.
   *
   * @return empty when the code is unknown, used or too old, or its token cannot be used any more
   */
  public Optional<Caller> redeem(String code) {
    return SessionSecret.isWellFormed(code)
        ? repository.take(TokenSecret.sha256(code))
        : Optional.empty();
  }
}
