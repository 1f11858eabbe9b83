package io.hodei.web.access;

import io.hodei.security.Caller;
import io.hodei.security.SessionVerification;
import io.hodei.security.TokenVerification;
import io.hodei.security.entity.ConsoleSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Says who comes with credentials, whichever they are. */
@ApplicationScoped
public class Recognition {
  private final TokenVerification tokens;
  private final SessionVerification sessions;

  @Inject
  public Recognition(TokenVerification tokens, SessionVerification sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Recognition() {
    this(null, null);
  }

  /** The principal of credentials that were verified a moment ago; needs no database. */
  public Optional<Caller> remembered(Credentials credentials) {
    return switch (credentials.kind()) {
      case TOKEN -> tokens.remembered(credentials.secret());
      case SESSION -> sessions.remembered(credentials.secret()).map(ConsoleSession::caller);
    };
  }

  /** The principal; empty when the credentials are not valid, or not any more. */
  public Optional<Caller> verify(Credentials credentials) {
    return switch (credentials.kind()) {
      case TOKEN -> tokens.verify(credentials.secret());
      case SESSION -> sessions.verify(credentials.secret()).map(ConsoleSession::caller);
    };
  }

  /**
   * Asks the database again for everybody of a tenant. Who revokes calls it, so that it holds on
   * this node with the answer; the other nodes hear of it.
   */
  public void forget(long tenantId) {
    tokens.forget(tenantId);
    sessions.forget(tenantId);
  }
}
