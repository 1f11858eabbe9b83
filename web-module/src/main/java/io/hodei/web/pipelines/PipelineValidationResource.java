package io.hodei.web.pipelines;

import io.hodei.json.JsonWriter;
import io.hodei.pipelines.boundary.PipelineInput;
import io.hodei.pipelines.entity.PipelineDocument;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Permission;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Says what is wrong with a document, without storing it. */
@Path("/pipelines:validate")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class PipelineValidationResource {
  @POST
  @Consumes({PipelineResource.YAML, MediaType.APPLICATION_JSON})
  @Requires(Permission.PIPELINES_READ)
  @Takes("failFast")
  public Response validate(@Context UriInfo uri, DocumentBody body) {
    Query query = new Query(uri);
    boolean failFast = query.flag("failFast");
    query.errors().refuse();
    JsonWriter out = new JsonWriter().object();
    try {
      PipelineDocument document = PipelineInput.check(body.bytes(), body.type(), failFast);
      out.member("valid", true)
          .member("name", document.pipeline().name())
          .member("steps", (long) document.pipeline().steps().size());
      PipelineOutput.errors(out, List.of());
    } catch (DomainException e) {
      if (e.code() != ErrorCode.INVALID) {
        throw e;
      }
      out.member("valid", false).member("detail", e.getMessage());
      PipelineOutput.errors(out, e.errors());
    }
    return Answers.ok(out.endObject());
  }
}
