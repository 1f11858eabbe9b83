package io.hodei.web.pipelines;

import io.hodei.json.JsonWriter;
import io.hodei.pipelines.boundary.PipelineLookup;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.platform.DomainException;
import io.hodei.security.Permission;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The versions of a pipeline and what differs between them. */
@Path("/pipelines/{name}")
@Dependent
public class PipelineVersionsResource {
  private final CurrentCaller caller;
  private final PipelineLookup lookup;
  private final Answers answers;

  @Inject
  public PipelineVersionsResource(CurrentCaller caller, PipelineLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Path("versions")
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Permission.PIPELINES_READ)
  @Takes({"limit", "cursor"})
  public Response list(@PathParam("name") String text, @Context UriInfo uri) {
    String name = PipelineOutput.name(text);
    Query query = new Query(uri);
    int limit = query.limit();
    int before = (int) Math.min(query.cursor(), Integer.MAX_VALUE);
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> lookup.versions(caller.get(), name, before, limit + 1)),
        PipelineVersion::number,
        PipelineOutput::write);
  }

  /** A version with its definition; as YAML the definition alone. */
  @GET
  @Path("versions/{version}")
  @Produces({MediaType.APPLICATION_JSON, PipelineResource.YAML})
  @Requires(Permission.PIPELINES_READ)
  public Response get(
      @PathParam("name") String text,
      @PathParam("version") String version,
      @Context HttpHeaders headers) {
    String name = PipelineOutput.name(text);
    int number = number(version);
    if (number == 0) {
      throw DomainException.notFound(
          "version of pipeline " + name + ":",
          version.length() > 40 ? version.substring(0, 40) + "…" : version);
    }
    PipelineVersion found = answers.read(() -> lookup.version(caller.get(), name, number));
    return PipelineResource.wantsYaml(headers)
        ? PipelineResource.yaml(found).build()
        : Response.ok(
                PipelineOutput.write(new JsonWriter(4096), found).toBytes(),
                MediaType.APPLICATION_JSON)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
            .build();
  }

  @GET
  @Path("diff")
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Permission.PIPELINES_READ)
  @Takes({"from", "to"})
  public Response diff(@PathParam("name") String text, @Context UriInfo uri) {
    String name = PipelineOutput.name(text);
    Query query = new Query(uri);
    int from = number(query, "from");
    int to = number(query, "to");
    query.errors().refuse();
    JsonWriter out = new JsonWriter(2048).object().member("pipeline", name);
    return Answers.ok(
        PipelineOutput.changes(out, answers.read(() -> lookup.diff(caller.get(), name, from, to)))
            .endObject());
  }

  /** The number of a version; 0 when the parameter is not there: the current one. */
  private static int number(Query query, String name) {
    String text = query.text(name);
    int number = text == null ? 0 : number(text);
    if (text != null && number == 0) {
      query.errors().add("?" + name, "must be the number of a version");
    }
    return number;
  }

  private static int number(String text) {
    return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
  }
}
