package io.hodei.web.templates;

import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateLookup;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateVersion;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The versions of a template or prompt. */
@Path("/{kind: templates|prompts}/{name}/versions")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplateVersionsResource {
  private final CurrentCaller caller;
  private final TemplateLookup lookup;
  private final Answers answers;

  @Inject
  public TemplateVersionsResource(CurrentCaller caller, TemplateLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TEMPLATES_READ)
  @Takes({"limit", "cursor"})
  public Response list(
      @PathParam("kind") String plural, @PathParam("name") String text, @Context UriInfo uri) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    Query query = new Query(uri);
    int limit = query.limit();
    int before = (int) Math.min(query.cursor(), Integer.MAX_VALUE);
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> lookup.versions(caller.get(), kind, name, before, limit + 1)),
        TemplateVersion::number,
        TemplateOutput::write);
  }

  @GET
  @Path("{version}")
  @Requires(Permission.TEMPLATES_READ)
  public Response get(
      @PathParam("kind") String plural,
      @PathParam("name") String text,
      @PathParam("version") String version) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    int number = TemplateOutput.number(version);
    if (number == 0) {
      String shown = version.length() > 40 ? version.substring(0, 40) + "…" : version;
      throw DomainException.notFound(kind.noun(), name + " with a version " + shown);
    }
    return Answers.ok(
        TemplateOutput.write(
            new JsonWriter(4096),
            answers.read(() -> lookup.version(caller.get(), kind, name, number))));
  }
}
