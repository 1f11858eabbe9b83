package io.hodei.web.session;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.ConsoleSessions;
import io.hodei.security.Permission;
import io.hodei.security.entity.ConsoleSession;
import io.hodei.security.entity.IssuedSession;
import io.hodei.web.access.Credentials;
import io.hodei.web.access.Open;
import io.hodei.web.access.Recognition;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The login of a browser: begins it, tells it about itself, ends it. */
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class SessionResource {
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  private final CurrentSession current;
  private final Login login;
  private final ConsoleSessions sessions;
  private final SessionOutput output;
  private final Recognition recognition;
  private final Answers answers;

  @Inject
  public SessionResource(
      CurrentSession current,
      Login login,
      ConsoleSessions sessions,
      SessionOutput output,
      Recognition recognition,
      Answers answers) {
    this.current = current;
    this.login = login;
    this.sessions = sessions;
    this.output = output;
    this.recognition = recognition;
    this.answers = answers;
  }

  /** The cookie is the only place where the secret of the session stands. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Open
  public Response begin(JsonBody body, @Context HttpServletRequest request) {
    IssuedSession issued = login.with(body, request.getRemoteAddr());
    return withCookie(
        Answers.json(201, output.of(issued.session(), issued.secret()), "/api/v1/session"),
        Credentials.COOKIE + "=" + issued.secret() + ATTRIBUTES);
  }

  /** Also for callers with a token, who have no session and need no value against forgery. */
  @GET
  @Requires(Permission.SELF_READ)
  public Response get() {
    Optional<ConsoleSession> session = current.get();
    return Answers.ok(
        session.isPresent()
            ? output.of(session.get(), current.secret().orElseThrow())
            : output.of(current.caller()));
  }

  @DELETE
  @Requires(Permission.SELF_READ)
  public Response end() {
    if (current.secret().isEmpty()) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "This request came with a token, which has no session to end; DELETE /api/v1/tokens/{id} revokes a token.");
    }
    current
        .get()
        .ifPresent(
            session ->
                answers.read(
                    () -> {
                      sessions.end(current.caller(), session.id());
                      return session;
                    }));
    recognition.forget(current.caller().tenantId());
    return withCookie(
        Response.noContent().build(), Credentials.COOKIE + "=; Max-Age=0" + ATTRIBUTES);
  }

  private static Response withCookie(Response answer, String cookie) {
    return Response.fromResponse(answer).header("Set-Cookie", cookie).build();
  }
}
