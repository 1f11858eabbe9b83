package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobLookup;
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

/** Makes a new job like one that has ended. */
@Path("/jobs/{id}:retry")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobRetryResource {
  private final CurrentCaller caller;
  private final JobLookup lookup;
  private final JobControl control;
  private final Answers answers;

  @Inject
  public JobRetryResource(
      CurrentCaller caller, JobLookup lookup, JobControl control, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Requires(Permission.JOBS_SUBMIT)
  public Response retry(@PathParam("id") String text) {
    long id = JobIds.id(text);
    Caller me = caller.get();
    return answers.once(
        new byte[0],
        () -> {
          long again =
              answers.audited("job.retry", Id.format(id), "{}", () -> control.retry(me, id));
          return Answer.of(
              201,
              "/api/v1/jobs/" + Id.format(again),
              JobOutput.of(lookup.get(me, again)).toString());
        });
  }
}
