package io.hodei.web;

import io.hodei.security.Permission;
import io.hodei.web.access.Requires;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The description of the API, as it is checked against the resources at build time. */
@Path("/openapi.yaml")
@Dependent
public class OpenApiResource {
  @GET
  @Produces("application/yaml")
  @Requires(Permission.SELF_READ)
  public Response get() throws IOException {
    try (InputStream file = OpenApiResource.class.getResourceAsStream("/openapi.yaml")) {
      if (file == null) {
        throw new IllegalStateException("openapi.yaml is not in the archive");
      }
      return Response.ok(file.readAllBytes(), "application/yaml").build();
    }
  }
}
