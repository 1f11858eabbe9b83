package io.hodei.web.admin;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.security.Permission;
import io.hodei.security.Role;
import io.hodei.security.Tokens;
import io.hodei.security.entity.Answer;
import io.hodei.security.entity.IssuedToken;
import io.hodei.security.entity.Token;
import io.hodei.security.entity.TokenRequest;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Recognition;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;

/** The API tokens of the caller's tenant. */
@Path("/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TokensResource {
  private static final int LONGEST_NAME = 100;

  private final CurrentCaller caller;
  private final Tokens tokens;
  private final Recognition recognition;
  private final Answers answers;

  @Inject
  public TokensResource(
      CurrentCaller caller, Tokens tokens, Recognition recognition, Answers answers) {
    this.caller = caller;
    this.tokens = tokens;
    this.recognition = recognition;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TOKENS_READ)
  @Takes({"limit", "cursor"})
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> tokens.list(caller.get(), before, limit + 1)),
        Token::id,
        (out, token) -> write(out.object(), token).endObject());
  }

  /** The answer is the only place where the token's text stands; a repetition leaves it out. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.TOKENS_MANAGE)
  public Response create(JsonBody body) {
    TokenRequest wanted = read(body);
    String[] secret = new String[1];
    Response answer =
        answers.once(
            body.bytes(),
            () -> {
              IssuedToken issued = tokens.create(caller.get(), wanted);
              secret[0] = issued.secret();
              String id = Id.format(issued.token().id());
              return Answer.of(
                  201,
                  "/api/v1/tokens/" + id,
                  write(new JsonWriter().object(), issued.token()).endObject().toString());
            });
    return secret[0] == null ? answer : Secrets.added(answer, "token", secret[0]);
  }

  @DELETE
  @Path("{id}")
  @Requires(Permission.TOKENS_MANAGE)
  public Response revoke(@PathParam("id") String text) {
    long id = Id.parse(text);
    if (id < 0) {
      throw DomainException.notFound("token", Secrets.shortened(text));
    }
    answers.read(
        () -> {
          tokens.revoke(caller.get(), id);
          return id;
        });
    recognition.forget(caller.get().tenantId());
    return Response.noContent().build();
  }

  private static TokenRequest read(JsonBody body) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String name = fields.requiredText("name", LONGEST_NAME);
    if (name.chars().anyMatch(Character::isISOControl)) {
      fields.refuse("name", "contains a control character");
    }
    Role role = fields.oneOf("role", Role.class);
    if (role == null && !fields.mentions("role")) {
      fields.refuse("role", "is required");
    }
    Boolean installation = fields.flag("installation");
    Duration expiresIn = fields.duration("expiresIn", Duration.ofSeconds(1), Duration.ofDays(3650));
    fields.finish();
    errors.refuse();
    return new TokenRequest(
        name, role == null ? Role.VIEWER : role, Boolean.TRUE.equals(installation), expiresIn);
  }

  private static JsonWriter write(JsonWriter out, Token token) {
    return out.member("id", Id.format(token.id()))
        .member("name", token.name())
        .member("role", token.role())
        .member("installation", token.isInstallation() ? true : null)
        .member("prefix", token.prefix())
        .member("createdAt", token.createdAt())
        .id("createdBy", token.createdBy())
        .member("expiresAt", token.expiresAt())
        .member("revokedAt", token.revokedAt());
  }
}
