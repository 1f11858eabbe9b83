package io.hodei.web.agents;

import io.hodei.agents.boundary.PoolControl;
import io.hodei.agents.entity.PoolView;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Reasons;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Pauses, resumes and drains a pool. */
@Path("/pools/{name}:{verb: pause|resume|drain}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class PoolVerbResource {
  private final CurrentCaller caller;
  private final PoolControl pools;
  private final Answers answers;

  @Inject
  public PoolVerbResource(CurrentCaller caller, PoolControl pools, Answers answers) {
    this.caller = caller;
    this.pools = pools;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.POOLS_CONTROL)
  public Response set(
      @PathParam("name") String text, @PathParam("verb") String verb, JsonBody body) {
    String name = PoolOutput.name(text);
    String reason = Reasons.read(body);
    return answers.once(
        body.bytes(),
        () ->
            Answer.of(
                200,
                "",
                PoolOutput.of(
                        answers.audited(
                            "pool." + verb,
                            name,
                            Reasons.detail(reason),
                            () -> apply(caller.get(), verb, name, reason)))
                    .toString()));
  }

  private PoolView apply(Caller me, String verb, String name, @Nullable String reason) {
    return switch (verb) {
      case "pause" -> pools.pause(me, name, reason);
      case "drain" -> pools.drain(me, name, reason);
      default -> pools.resume(me, name);
    };
  }
}
