package io.hodei.web.pipelines;

import io.hodei.security.Permission;
import io.hodei.web.access.Requires;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The JSON Schema of pipelines, for editors. */
@Path("/schemas/pipeline.json")
@Dependent
public class PipelineSchemaResource {
  private static final String SCHEMA = "application/schema+json";

  @GET
  @Produces({SCHEMA, MediaType.APPLICATION_JSON})
  @Requires(Permission.SELF_READ)
  public Response get() throws IOException {
    try (InputStream file =
        PipelineSchemaResource.class.getResourceAsStream("/schemas/pipeline.json")) {
      if (file == null) {
        throw new IllegalStateException("/schemas/pipeline.json is not in the archive");
      }
      return Response.ok(file.readAllBytes(), SCHEMA).build();
    }
  }
}
