package io.hodei.web.templates;

import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.templates.boundary.TemplateLookup;
import io.hodei.templates.entity.ExportedTemplate;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the newest version of each template or prompt, one document a line, in portions that are
 * each read in a transaction of their own.
 */
@Path("/{kind: templates|prompts}:export")
@Produces(TemplatesExportResource.LINES)
@Dependent
public class TemplatesExportResource {
  static final String LINES = "application/x-ndjson";
  private static final int PORTION = 50;

  private final CurrentCaller caller;
  private final TemplateLookup lookup;
  private final Answers answers;

  @Inject
  public TemplatesExportResource(CurrentCaller caller, TemplateLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.TEMPLATES_READ)
  @Takes("name")
  public Response export(@PathParam("kind") String plural, @Context UriInfo uri) {
    Kind kind = Kind.of(plural);
    String given = new Query(uri).text("name");
    String name = given == null ? "" : TemplateOutput.name(kind, given);
    Caller me = caller.get();
    if (!name.isEmpty()) {
      answers.read(() -> lookup.get(me, kind, name));
    }
    List<ExportedTemplate> first = answers.read(() -> lookup.export(me, kind, name, 0, PORTION));
    StreamingOutput output =
        stream -> {
          List<ExportedTemplate> portion = first;
          while (!portion.isEmpty()) {
            for (ExportedTemplate template : portion) {
              stream.write(template.document().getBytes(StandardCharsets.UTF_8));
              stream.write('\n');
            }
            long last = portion.getLast().id();
            portion =
                portion.size() < PORTION ? List.of() : lookup.export(me, kind, name, last, PORTION);
          }
        };
    return Response.ok(output, LINES).build();
  }
}
