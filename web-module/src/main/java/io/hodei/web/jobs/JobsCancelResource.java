package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.entity.Cancellation;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Asks for the end of all jobs that a filter finds. */
@Path("/jobs:cancel")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobsCancelResource {
  private final CurrentCaller caller;
  private final JobControl control;
  private final Answers answers;

  @Inject
  public JobsCancelResource(CurrentCaller caller, JobControl control, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.JOBS_CONTROL)
  @Takes(jobFilter = true)
  public Response cancel(@Context UriInfo uri, JsonBody body) {
    Query query = new Query(uri);
    JobFilter filter = JobQuery.filter(query);
    query.errors().refuse();
    if (filter.isEmpty()) {
      throw new DomainException(
          ErrorCode.INVALID,
          "Give at least one filter; this would cancel every job of the tenant. state=QUEUED cancels all that wait.");
    }
    Cancellation how = CancelBody.read(body);
    return answers.once(
        body.bytes(),
        () -> {
          int requested =
              answers.audited(
                  "job.cancel",
                  "*",
                  JobQuery.detail(uri, how),
                  () -> control.cancel(caller.get(), filter, how));
          return Answer.of(
              200,
              "",
              new JsonWriter().object().member("requested", requested).endObject().toString());
        });
  }
}
