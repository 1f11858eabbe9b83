package io.hodei.web.agents;

import io.hodei.agents.boundary.AgentControl;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Takes an agent out of work and back. */
@Path("/agents/{id}:{verb: drain|resume}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class AgentVerbResource {
  private final CurrentCaller caller;
  private final AgentControl agents;
  private final Answers answers;

  @Inject
  public AgentVerbResource(CurrentCaller caller, AgentControl agents, Answers answers) {
    this.caller = caller;
    this.agents = agents;
    this.answers = answers;
  }

  @POST
  @Requires(Permission.AGENTS_CONTROL)
  public Response set(@PathParam("id") String text, @PathParam("verb") String verb) {
    long id = AgentOutput.id(text);
    Caller me = caller.get();
    return answers.once(
        new byte[0],
        () ->
            Answer.of(
                200,
                "",
                AgentOutput.of(
                        answers.audited(
                            "agent." + verb,
                            Id.format(id),
                            "{}",
                            () ->
                                verb.equals("drain")
                                    ? agents.drain(me, id)
                                    : agents.resume(me, id)))
                    .toString()));
  }
}
