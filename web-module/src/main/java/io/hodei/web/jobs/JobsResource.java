package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobInput;
import io.hodei.jobs.boundary.JobLookup;
import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.jobs.boundary.SingleSubmits;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.Page;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;

/**
 * Submits and lists jobs. One object for all requests: to make a resource and all it needs for each
 * request takes as long as the rest of its way to the database.
 */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class JobsResource {
  private final CurrentCaller caller;
  private final JobSubmission submission;
  private final SingleSubmits singles;
  private final JobLookup lookup;
  private final Answers answers;

  @Inject
  public JobsResource(
      CurrentCaller caller,
      JobSubmission submission,
      SingleSubmits singles,
      JobLookup lookup,
      Answers answers) {
    this.caller = caller;
    this.submission = submission;
    this.singles = singles;
    this.lookup = lookup;
    this.answers = answers;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobsResource() {
    this(null, null, null, null, null);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.JOBS_SUBMIT)
  public Response create(JsonBody body) {
    NewJob job = JobInput.read(body.value());
    Caller me = caller.get();
    if (!answers.hasKey()) {
      Job made = singles.submit(me, job);
      return Answers.json(201, JobOutput.of(made), location(made));
    }
    return answers.once(
        body.bytes(),
        () -> {
          Job made = submission.submitAndShow(me, List.of(job)).getFirst();
          return Answer.of(201, location(made), JobOutput.of(made).toString());
        });
  }

  private static String location(Job job) {
    return "/api/v1/jobs/" + Id.format(job.id());
  }

  @GET
  @Requires(Permission.JOBS_READ)
  @Takes(
      value = {"fields", "limit", "cursor"},
      jobFilter = true)
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    JobFilter filter = JobQuery.filter(query);
    Set<String> fields = JobQuery.fields(query);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    Page<Job> page = answers.read(() -> lookup.list(caller.get(), filter, before, limit));
    return Answers.page(
        query, page.items(), page.next(), (out, job) -> JobOutput.write(out, job, fields));
  }
}
