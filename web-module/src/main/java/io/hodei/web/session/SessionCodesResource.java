package io.hodei.web.session;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.ConsoleSessions;
import io.hodei.security.Permission;
import io.hodei.security.entity.IssuedCode;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Codes that begin one login each, so that no token has to be typed into a browser. */
@Path("/session/codes")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class SessionCodesResource {
  private final CurrentSession current;
  private final ConsoleSessions sessions;
  private final Answers answers;

  @Inject
  public SessionCodesResource(CurrentSession current, ConsoleSessions sessions, Answers answers) {
    this.current = current;
    this.sessions = sessions;
    this.answers = answers;
  }

  /** With a token only: a login that could make codes could live for ever. */
  @POST
  @Requires(Permission.SELF_READ)
  public Response create() {
    if (current.secret().isPresent()) {
      throw new DomainException(
          ErrorCode.FORBIDDEN, "A login cannot make another one. Use a token: hodei console does.");
    }
    IssuedCode issued = answers.read(() -> sessions.code(current.caller()));
    return Answers.json(
        201,
        new JsonWriter()
            .object()
            .member("code", issued.code())
            .member("expiresAt", issued.expiresAt())
            .member("path", "/#/login?code=" + issued.code())
            .endObject());
  }
}
