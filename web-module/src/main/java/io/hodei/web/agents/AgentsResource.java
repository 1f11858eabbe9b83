package io.hodei.web.agents;

import io.hodei.agents.boundary.AgentControl;
import io.hodei.agents.entity.AgentView;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The agents of the tenant. */
@Path("/agents")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class AgentsResource {
  private final CurrentCaller caller;
  private final AgentControl agents;
  private final Answers answers;

  @Inject
  public AgentsResource(CurrentCaller caller, AgentControl agents, Answers answers) {
    this.caller = caller;
    this.agents = agents;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.AGENTS_READ)
  @Takes({"limit", "cursor"})
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    return Answers.page(
        query,
        answers.read(() -> agents.list(caller.get(), before, limit + 1)),
        AgentView::id,
        AgentOutput::write);
  }

  @GET
  @Path("{id}")
  @Requires(Permission.AGENTS_READ)
  public Response get(@PathParam("id") String text) {
    long id = AgentOutput.id(text);
    return Answers.ok(AgentOutput.of(answers.read(() -> agents.get(caller.get(), id))));
  }
}
