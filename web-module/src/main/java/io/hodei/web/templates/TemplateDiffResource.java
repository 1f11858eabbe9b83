package io.hodei.web.templates;

import io.hodei.json.JsonWriter;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateLookup;
import io.hodei.templates.entity.Kind;
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

/** What differs between two versions of a template or prompt. */
@Path("/{kind: templates|prompts}/{name}/diff")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplateDiffResource {
  private final CurrentCaller caller;
  private final TemplateLookup lookup;
  private final Answers answers;

  @Inject
  public TemplateDiffResource(CurrentCaller caller, TemplateLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TEMPLATES_READ)
  @Takes({"from", "to"})
  public Response diff(
      @PathParam("kind") String plural, @PathParam("name") String text, @Context UriInfo uri) {
    Kind kind = Kind.of(plural);
    String name = TemplateOutput.name(kind, text);
    Query query = new Query(uri);
    int from = number(query, "from");
    int to = number(query, "to");
    if (query.text("from") == null) {
      query.errors().add("?from", "is required; the number of the older version");
    }
    query.errors().refuse();
    return Answers.ok(
        new JsonWriter(2048)
            .object()
            .member("name", name)
            .texts("lines", answers.read(() -> lookup.diff(caller.get(), kind, name, from, to)))
            .endObject());
  }

  /** The number of a version; 0 when the parameter is not there: the newest. */
  private static int number(Query query, String parameter) {
    String text = query.text(parameter);
    int number = text == null ? 0 : TemplateOutput.number(text);
    if (text != null && number == 0) {
      query.errors().add("?" + parameter, "must be the number of a version");
    }
    return number;
  }
}
