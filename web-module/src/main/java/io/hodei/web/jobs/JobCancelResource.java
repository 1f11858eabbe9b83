package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobLookup;
import io.hodei.jobs.entity.Cancellation;
import io.hodei.jobs.entity.Job;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Asks for the end of one job. */
@Path("/jobs/{id}:cancel")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobCancelResource {
  private final CurrentCaller caller;
  private final JobLookup lookup;
  private final JobControl control;
  private final Answers answers;

  @Inject
  public JobCancelResource(
      CurrentCaller caller, JobLookup lookup, JobControl control, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.JOBS_CONTROL)
  public Response cancel(@PathParam("id") String text, JsonBody body) {
    long id = JobIds.id(text);
    Cancellation how = CancelBody.read(body);
    Caller me = caller.get();
    return answers.once(
        body.bytes(),
        () -> {
          boolean ended = lookup.get(me, id).state().isTerminal();
          Job job =
              ended
                  ? lookup.get(me, id)
                  : answers.audited(
                      "job.cancel",
                      Id.format(id),
                      CancelBody.detail(how),
                      () -> control.cancel(me, id, how));
          return Answer.of(ended ? 200 : 202, "", JobOutput.of(job).toString());
        });
  }
}
