package io.hodei.web.admin;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.platform.Words;
import io.hodei.security.Permission;
import io.hodei.security.Tenants;
import io.hodei.security.entity.CreatedTenant;
import io.hodei.security.entity.Tenant;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Recognition;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The tenants of the installation. */
@Path("/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class TenantsResource {
  private final CurrentCaller caller;
  private final Tenants tenants;
  private final Recognition recognition;
  private final Answers answers;

  @Inject
  public TenantsResource(
      CurrentCaller caller, Tenants tenants, Recognition recognition, Answers answers) {
    this.caller = caller;
    this.tenants = tenants;
    this.recognition = recognition;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.INSTALLATION_MANAGE)
  @Takes({"limit", "cursor"})
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> tenants.list(caller.get(), before, limit + 1)),
        Tenant::id,
        (out, tenant) -> write(out.object(), tenant).endObject());
  }

  /**
   * The answer is the only place where the administrator's token stands. A name is unique, so a
   * repetition is refused and makes nothing; an idempotency key would add nothing to that.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.INSTALLATION_MANAGE)
  public Response create(JsonBody body) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String name = fields.requiredText("name", 63);
    if (!name.isEmpty() && !Words.isSlug(name)) {
      fields.refuse(
          "name", "must be lower case letters, digits and hyphens, not begin with a hyphen");
    }
    fields.finish();
    errors.refuse();
    CreatedTenant created = answers.read(() -> tenants.create(caller.get(), name));
    String id = Id.format(created.tenant().id());
    JsonWriter out = write(new JsonWriter().object(), created.tenant());
    return Response.status(201)
        .header("Location", "/api/v1/tenants/" + id)
        .type(MediaType.APPLICATION_JSON)
        .entity(out.member("adminToken", created.adminToken()).endObject().toBytes())
        .build();
  }

  @GET
  @Path("{id}")
  @Requires(Permission.INSTALLATION_MANAGE)
  public Response get(@PathParam("id") String text) {
    long id = id(text);
    Tenant tenant = answers.read(() -> tenants.get(caller.get(), id));
    return Answers.ok(write(new JsonWriter().object(), tenant).endObject());
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Requires(Permission.INSTALLATION_MANAGE)
  public Response edit(@PathParam("id") String text, JsonBody body) {
    long id = id(text);
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    Boolean disabled = fields.flag("disabled");
    if (disabled == null && errors.isEmpty()) {
      fields.refuse("disabled", "is required; true or false");
    }
    fields.finish();
    errors.refuse();
    Tenant tenant =
        answers.read(() -> tenants.setDisabled(caller.get(), id, Boolean.TRUE.equals(disabled)));
    recognition.forget(id);
    return Answers.ok(write(new JsonWriter().object(), tenant).endObject());
  }

  private static long id(String text) {
    long id = Id.parse(text);
    if (id < 0) {
      throw DomainException.notFound("tenant", Secrets.shortened(text));
    }
    return id;
  }

  private static JsonWriter write(JsonWriter out, Tenant tenant) {
    return out.id("id", tenant.id())
        .member("name", tenant.name())
        .member("createdAt", tenant.createdAt())
        .member("disabled", tenant.disabledAt() != null)
        .member("disabledAt", tenant.disabledAt());
  }
}
