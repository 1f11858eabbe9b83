package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.ReplayResult;
import io.hodei.json.JsonWriter;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Runs the dead letters again: what failed, timed out or expired and was not replayed yet. */
@Path("/jobs:replay")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobsReplayResource {
  private final CurrentCaller caller;
  private final JobControl control;
  private final Answers answers;

  @Inject
  public JobsReplayResource(CurrentCaller caller, JobControl control, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Requires(Permission.JOBS_SUBMIT)
  @Takes(jobFilter = true)
  public Response replay(@Context UriInfo uri) {
    Query query = new Query(uri);
    JobFilter filter = JobQuery.filter(query);
    query.errors().refuse();
    return answers.once(
        new byte[0],
        () ->
            Answer.of(
                200,
                "",
                write(
                    answers.audited(
                        "job.replay",
                        "*",
                        JobQuery.detail(uri),
                        () -> control.replay(caller.get(), filter)))));
  }

  private static String write(ReplayResult result) {
    JsonWriter out =
        new JsonWriter(4096).object().member("replayed", result.items().size()).array("items");
    for (ReplayResult.Replayed item : result.items()) {
      out.object().id("id", item.id()).id("replayedAs", item.replayedAs()).endObject();
    }
    return out.endArray().member("more", result.more()).endObject().toString();
  }
}
