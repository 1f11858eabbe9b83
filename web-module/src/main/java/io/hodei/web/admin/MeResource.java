package io.hodei.web.admin;

import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.Tokens;
import io.hodei.security.entity.Token;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who the caller is and what they may do. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class MeResource {
  private final CurrentCaller caller;
  private final Tokens tokens;
  private final Answers answers;

  @Inject
  public MeResource(CurrentCaller caller, Tokens tokens, Answers answers) {
    this.caller = caller;
    this.tokens = tokens;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.SELF_READ)
  public Response get() {
    Caller me = caller.get();
    Token token = answers.read(() -> tokens.get(me, me.tokenId()));
    JsonWriter out = new JsonWriter().object();
    out.object("tenant")
        .member("id", Id.format(me.tenantId()))
        .member("name", me.tenantName())
        .endObject();
    out.object("token")
        .member("id", Id.format(me.tokenId()))
        .member("name", me.name())
        .member("expiresAt", token.expiresAt())
        .endObject();
    out.member("role", me.role())
        .texts("permissions", me.permissions().stream().map(Enum::name).sorted().toList())
        .member("installationAdmin", me.may(Permission.INSTALLATION_MANAGE));
    return Answers.ok(out.endObject());
  }
}
