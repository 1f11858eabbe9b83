package io.hodei.web.pipelines;

import io.hodei.json.JsonWriter;
import io.hodei.pipelines.boundary.PipelineControl;
import io.hodei.pipelines.boundary.PipelineInput;
import io.hodei.pipelines.boundary.PipelineLookup;
import io.hodei.pipelines.entity.AppliedPipeline;
import io.hodei.pipelines.entity.PipelineDocument;
import io.hodei.pipelines.entity.PipelineVersion;
import io.hodei.pipelines.entity.PipelineView;
import io.hodei.platform.DomainException;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Tags;
import io.hodei.web.http.Takes;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pipeline: reads, applies and deletes it. */
@Path("/pipelines/{name}")
@Dependent
public class PipelineResource {
  static final String YAML = "application/yaml";

  private final CurrentCaller caller;
  private final PipelineLookup lookup;
  private final PipelineControl control;
  private final Answers answers;

  @Inject
  public PipelineResource(
      CurrentCaller caller, PipelineLookup lookup, PipelineControl control, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.control = control;
    this.answers = answers;
  }

  /** The pipeline with its current definition; as YAML the definition alone. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, YAML})
  @Requires(Permission.PIPELINES_READ)
  public Response get(
      @PathParam("name") String text,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @Context HttpHeaders headers) {
    String name = PipelineOutput.name(text);
    PipelineView pipeline = answers.read(() -> lookup.get(caller.get(), name));
    if (Tags.isKnown(ifNoneMatch, pipeline.version())) {
      return Response.notModified()
          .header(HttpHeaders.ETAG, Tags.of(pipeline.version()))
          .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
          .build();
    }
    PipelineVersion version =
        answers.read(() -> lookup.version(caller.get(), name, pipeline.current()));
    if (wantsYaml(headers)) {
      return yaml(version).header(HttpHeaders.ETAG, Tags.of(pipeline.version())).build();
    }
    JsonWriter out = new JsonWriter(4096).object();
    PipelineOutput.members(out, pipeline, Set.copyOf(PipelineOutput.FIELDS));
    out.json("definition", version.canonical()).endObject();
    return Response.ok(out.toBytes(), MediaType.APPLICATION_JSON)
        .header(HttpHeaders.ETAG, Tags.of(pipeline.version()))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  @PUT
  @Consumes({YAML, MediaType.APPLICATION_JSON})
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Permission.PIPELINES_WRITE)
  @Takes({"dryRun", "failFast"})
  public Response apply(
      @PathParam("name") String text,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context UriInfo uri,
      DocumentBody body) {
    String name = PipelineOutput.name(text);
    Integer expected = Tags.expected(ifMatch);
    Query query = new Query(uri);
    boolean planned = query.flag("dryRun");
    boolean failFast = query.flag("failFast");
    query.errors().refuse();
    PipelineDocument document = PipelineInput.check(body.bytes(), body.type(), failFast);
    if (!document.pipeline().name().equals(name)) {
      throw DomainException.invalid(
          "/name",
          "is %s, but the path says %s; both must be the same"
              .formatted(document.pipeline().name(), name));
    }
    if (planned) {
      return Answers.ok(
          PipelineOutput.applied(answers.read(() -> control.plan(caller.get(), document)), true));
    }
    return applied(document, name, expected);
  }

  private Response applied(PipelineDocument document, String name, @Nullable Integer expected) {
    AppliedPipeline unchanged = answers.read(() -> control.plan(caller.get(), document));
    boolean nothing = expected == null && unchanged.outcome() == AppliedPipeline.Outcome.UNCHANGED;
    AppliedPipeline applied =
        nothing
            ? unchanged
            : answers.change(
                "pipeline.apply",
                name,
                new JsonWriter()
                    .object()
                    .member("version", unchanged.number())
                    .endObject()
                    .toString(),
                () -> control.apply(caller.get(), document, expected));
    boolean created = applied.outcome() == AppliedPipeline.Outcome.CREATED;
    PipelineView pipeline = applied.pipeline();
    Response.ResponseBuilder response =
        Response.status(created ? 201 : 200)
            .type(MediaType.APPLICATION_JSON)
            .entity(PipelineOutput.applied(applied, false).toBytes());
    if (pipeline != null) {
      response.header(HttpHeaders.ETAG, Tags.of(pipeline.version()));
    }
    return created
        ? response.header(HttpHeaders.LOCATION, "/api/v1/pipelines/" + name).build()
        : response.build();
  }

  @DELETE
  @Requires(Permission.PIPELINES_WRITE)
  public Response delete(
      @PathParam("name") String text, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    String name = PipelineOutput.name(text);
    Integer expected = Tags.expected(ifMatch);
    answers.change(
        "pipeline.delete",
        name,
        "{}",
        () -> {
          control.delete(caller.get(), name, expected);
          return name;
        });
    return Response.noContent().build();
  }

  /** Whether YAML is asked for before JSON. */
  static boolean wantsYaml(HttpHeaders headers) {
    for (MediaType type : headers.getAcceptableMediaTypes()) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (type.isCompatible(new MediaType("application", "yaml"))) {
        return true;
      }
    }
    return false;
  }

  static Response.ResponseBuilder yaml(PipelineVersion version) {
    return Response.ok(PipelineInput.yaml(version.canonical()), YAML)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }
}
