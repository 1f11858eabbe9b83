package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobExplain;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Says why a job waits. */
@Path("/jobs/{id}/explain")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobExplainResource {
  private final CurrentCaller caller;
  private final JobExplain explain;
  private final Answers answers;

  @Inject
  public JobExplainResource(CurrentCaller caller, JobExplain explain, Answers answers) {
    this.caller = caller;
    this.explain = explain;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.JOBS_READ)
  public Response explain(@PathParam("id") String text) {
    long id = JobIds.id(text);
    return Answers.ok(JobOutput.of(answers.read(() -> explain.explain(caller.get(), id))));
  }
}
