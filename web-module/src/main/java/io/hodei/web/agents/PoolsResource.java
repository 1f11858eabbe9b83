package io.hodei.web.agents;

import io.hodei.agents.boundary.PoolControl;
import io.hodei.agents.entity.PoolView;
import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The pools of the tenant. */
@Path("/pools")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class PoolsResource {
  private final CurrentCaller caller;
  private final PoolControl pools;
  private final Answers answers;

  @Inject
  public PoolsResource(CurrentCaller caller, PoolControl pools, Answers answers) {
    this.caller = caller;
    this.pools = pools;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.POOLS_READ)
  public Response list() {
    JsonWriter out = new JsonWriter(1024).object().array("items");
    answers.read(() -> pools.list(caller.get())).forEach(pool -> PoolOutput.write(out, pool));
    return Answers.ok(out.endArray().endObject());
  }

  @GET
  @Path("{name}")
  @Requires(Permission.POOLS_READ)
  public Response get(@PathParam("name") String text) {
    String name = PoolOutput.name(text);
    return Answers.ok(PoolOutput.of(answers.read(() -> pools.get(caller.get(), name))));
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.POOLS_CONTROL)
  public Response place(@PathParam("name") String text, JsonBody body) {
    String name = PoolOutput.name(text);
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    PoolView.Placement placement = fields.oneOf("placement", PoolView.Placement.class);
    if (placement == null && errors.isEmpty()) {
      fields.refuse("placement", "is required");
    }
    fields.finish();
    errors.refuse();
    PoolView.Placement wanted = placement == null ? PoolView.Placement.LEAST_LOADED : placement;
    return Answers.ok(
        PoolOutput.of(
            answers.change(
                "pool.place",
                name,
                "{\"placement\":\"" + wanted + "\"}",
                () -> pools.place(caller.get(), name, wanted))));
  }
}
