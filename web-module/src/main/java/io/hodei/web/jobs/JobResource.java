package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.jobs.boundary.JobLookup;
import io.hodei.jobs.entity.Attempt;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobEdit;
import io.hodei.json.JsonWriter;
import io.hodei.logs.LogInfo;
import io.hodei.logs.LogReading;
import io.hodei.platform.Id;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job: reads, edits and deletes it. One object for all requests, like {@link JobsResource}. */
@Path("/jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class JobResource {
  private final CurrentCaller caller;
  private final JobReads reads;
  private final JobLookup lookup;
  private final JobControl control;
  private final LogReading logs;
  private final Answers answers;

  @Inject
  public JobResource(
      CurrentCaller caller,
      JobReads reads,
      JobLookup lookup,
      JobControl control,
      LogReading logs,
      Answers answers) {
    this.caller = caller;
    this.reads = reads;
    this.lookup = lookup;
    this.control = control;
    this.logs = logs;
    this.answers = answers;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobResource() {
    this(null, null, null, null, null, null);
  }

  @GET
  @Requires(Permission.JOBS_READ)
  public Response get(
      @PathParam("id") String text,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    long id = JobIds.id(text);
    Job job = reads.get(caller.get(), id);
    if (JobIds.isKnown(ifNoneMatch, job.version())) {
      return Response.notModified().header(HttpHeaders.ETAG, JobIds.tag(job.version())).build();
    }
    return tagged(job);
  }

  @PATCH
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Requires(Permission.JOBS_CONTROL)
  public Response edit(
      @PathParam("id") String text,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      JsonBody body) {
    long id = JobIds.id(text);
    Integer expected = JobIds.version(ifMatch, true);
    Caller me = caller.get();
    Job edited =
        answers.change(
            "job.edit",
            Id.format(id),
            "{}",
            () -> {
              Job before = fresh(me, id);
              JobEdit edit = JobPatch.read(body, before);
              return control.edit(
                  me, id, expected == null ? (Integer) before.version() : expected, edit);
            });
    return tagged(edited);
  }

  @DELETE
  @Requires(Permission.JOBS_CONTROL)
  public Response delete(
      @PathParam("id") String text, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    long id = JobIds.id(text);
    Integer expected = JobIds.version(ifMatch, false);
    answers.change(
        "job.delete",
        Id.format(id),
        "{}",
        () -> {
          control.delete(caller.get(), id, expected);
          return id;
        });
    return Response.noContent().build();
  }

  @GET
  @Path("attempts")
  @Requires(Permission.JOBS_READ)
  public Response attempts(@PathParam("id") String text) {
    long id = JobIds.id(text);
    Map<Integer, LogInfo> stored = new HashMap<>();
    answers.read(() -> logs.infos(caller.get(), id)).forEach(log -> stored.put(log.attempt(), log));
    JsonWriter out = new JsonWriter().object().array("items");
    for (Attempt attempt : answers.read(() -> lookup.attempts(caller.get(), id))) {
      JobOutput.add(out, attempt, stored.get(attempt.epoch()));
    }
    return Answers.ok(out.endArray().endObject());
  }

  /** The job as the database has it: a patch is merged into that, not into a cached copy. */
  private Job fresh(Caller me, long id) {
    return lookup.current(me, id);
  }

  private static Response tagged(Job job) {
    return Response.ok(JobOutput.of(job).toBytes(), MediaType.APPLICATION_JSON)
        .header(HttpHeaders.ETAG, JobIds.tag(job.version()))
        .build();
  }
}
