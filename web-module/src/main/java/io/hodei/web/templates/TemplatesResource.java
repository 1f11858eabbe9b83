package io.hodei.web.templates;

import io.hodei.platform.Words;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateLookup;
import io.hodei.templates.entity.Kind;
import io.hodei.templates.entity.TemplateFilter;
import io.hodei.templates.entity.TemplateView;
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
import java.util.List;
import java.util.Set;

/** Lists the templates or prompts of the tenant. */
@Path("/{kind: templates|prompts}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TemplatesResource {
  private static final int LONGEST_NAME = 64;

  private final CurrentCaller caller;
  private final TemplateLookup lookup;
  private final Answers answers;

  @Inject
  public TemplatesResource(CurrentCaller caller, TemplateLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TEMPLATES_READ)
  @Takes(
      value = {"name", "q", "fields", "limit", "cursor"},
      many = "tag")
  public Response list(@PathParam("kind") String plural, @Context UriInfo uri) {
    Kind kind = Kind.of(plural);
    Query query = new Query(uri);
    TemplateFilter filter = filter(query);
    Set<String> fields = TemplateOutput.fields(query);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> lookup.list(caller.get(), kind, filter, before, limit + 1)),
        TemplateView::id,
        (out, template) -> TemplateOutput.write(out, template, fields));
  }

  private static TemplateFilter filter(Query query) {
    String name = query.text("name");
    if (name != null && (name.isEmpty() || name.length() > LONGEST_NAME)) {
      query.errors().add("?name", "must be a name, or the beginning of one and *");
    }
    List<String> tags = query.texts("tag");
    if (!tags.stream().allMatch(Words::isLabelKey)) {
      query.errors().add("?tag", "is no tag; they are letters, digits and . _ / -");
    }
    return new TemplateFilter(name, List.copyOf(tags), query.text("q"));
  }
}
