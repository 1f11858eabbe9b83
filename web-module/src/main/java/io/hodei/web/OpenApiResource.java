package io.hodei.web;

import io.hodei.security.Permission;
import io.hodei.web.access.Requires;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The description of the API, as it is checked against the resources at build time. */
@Path("/openapi.{form: yaml|json}")
@Dependent
public class OpenApiResource {
  private static final String YAML = "application/yaml";

  @GET
  @Produces({YAML, MediaType.APPLICATION_JSON})
  @Requires(Permission.SELF_READ)
  public Response get(@PathParam("form") String form) throws IOException {
    return of("/openapi." + form, form.equals("yaml") ? YAML : MediaType.APPLICATION_JSON);
  }

  private static Response of(String resource, String type) throws IOException {
    try (InputStream file = OpenApiResource.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(resource + " is not in the archive");
      }
      return Response.ok(file.readAllBytes(), type).build();
    }
  }
}
