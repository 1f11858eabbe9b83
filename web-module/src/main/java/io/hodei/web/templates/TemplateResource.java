package io.hodei.web.templates;

import io.hodei.json.JsonWriter;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateControl;
import io.hodei.templates.boundary.TemplateInput;
import io.hodei.templates.boundary.TemplateLookup;
import io.hodei.templates.entity.AppliedTemplate;
import io.hodei.templates.entity.AppliedTemplate.Outcome;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.Template;
import io.hodei.templates.entity.TemplateVersion;
import io.hodei.templates.entity.TemplateView;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Tags;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One template or prompt: reads, stores and deletes it. */
@Path("/{kind: templates|prompts}/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplateResource {
  private final CurrentCaller caller;
  private final TemplateLookup lookup;
  private final TemplateControl control;
  private final Answers answers;

  @Inject
  public TemplateResource(
      CurrentCaller caller, TemplateLookup lookup, TemplateControl control, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.control = control;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TEMPLATES_READ)
  public Response get(
      @PathParam("kind") String plural,
      @PathParam("name") String text,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    TemplateView template = answers.read(() -> lookup.get(caller.get(), kind, name));
    if (Tags.isKnown(ifNoneMatch, template.version())) {
      return Response.notModified().header(HttpHeaders.ETAG, Tags.of(template.version())).build();
    }
    TemplateVersion version =
        answers.read(() -> lookup.version(caller.get(), kind, name, template.version()));
    JsonWriter out = new JsonWriter(4096).object();
    TemplateOutput.members(out, template, TemplateOutput.ALL);
    return tagged(200, out.json("document", version.document()).endObject(), template.version())
        .build();
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.TEMPLATES_WRITE)
  public Response apply(
      @PathParam("kind") String plural,
      @PathParam("name") String text,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      JsonBody body) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    Integer expected = Tags.expected(ifMatch);
    Template template = TemplateInput.document(kind, body.value(), name);
    Caller me = caller.get();
    Optional<AppliedTemplate> unchanged =
        expected == null ? answers.read(() -> control.unchanged(me, template)) : Optional.empty();
    AppliedTemplate applied =
        unchanged.isPresent()
            ? unchanged.get()
            : answers.change(
                kind.noun() + ".apply", name, "{}", () -> control.apply(me, template, expected));
    boolean created = applied.outcome() == Outcome.CREATED;
    JsonWriter out = new JsonWriter().object();
    TemplateOutput.members(out, answers.read(() -> lookup.get(me, kind, name)), TemplateOutput.ALL);
    Response.ResponseBuilder response =
        tagged(
            created ? 201 : 200,
            out.member("outcome", applied.outcome()).endObject(),
            applied.version());
    return created
        ? response
            .header(HttpHeaders.LOCATION, "/api/v1/%s/%s".formatted(kind.plural(), name))
            .build()
        : response.build();
  }

  @DELETE
  @Requires(Permission.TEMPLATES_WRITE)
  public Response delete(
      @PathParam("kind") String plural,
      @PathParam("name") String text,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    Integer expected = Tags.expected(ifMatch);
    answers.change(
        kind.noun() + ".delete",
        name,
        "{}",
        () -> {
          control.delete(caller.get(), kind, name, expected);
          return name;
        });
    return Response.noContent().build();
  }

  private static Response.ResponseBuilder tagged(int status, JsonWriter body, int version) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(body.toBytes())
        .header(HttpHeaders.ETAG, Tags.of(version));
  }
}
