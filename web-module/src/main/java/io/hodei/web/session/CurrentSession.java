package io.hodei.web.session;

import io.hodei.security.Caller;
import io.hodei.security.SessionVerification;
import io.hodei.security.entity.ConsoleSession;
import io.hodei.web.access.Credentials;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.http.DatabaseGuard;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The login that the request of this thread came with. */
@Dependent
public class CurrentSession {
  private final HttpServletRequest request;
  private final CurrentCaller caller;
  private final SessionVerification sessions;
  private final DatabaseGuard database;

  @Inject
  public CurrentSession(
      HttpServletRequest request,
      CurrentCaller caller,
      SessionVerification sessions,
      DatabaseGuard database) {
    this.request = request;
    this.caller = caller;
    this.sessions = sessions;
    this.database = database;
  }

  Caller caller() {
    return caller.get();
  }

  /** The text of its cookie; empty when the caller came with a token. */
  Optional<String> secret() {
    return Credentials.recognised(request)
        .filter(found -> found.kind() == Credentials.Kind.SESSION)
        .map(Credentials::secret);
  }

  /** Empty also when it has ended since the request came. */
  Optional<ConsoleSession> get() {
    return secret().flatMap(secret -> database.call(() -> sessions.verify(secret)));
  }
}
