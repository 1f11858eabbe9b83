package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobSubmission;
import io.hodei.json.JsonElements;
import io.hodei.metrics.Metrics;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Settings;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Submits many jobs by one request, from an array or from one line each. */
@Path("/jobs:batch")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobsBatchResource {
  private static final String LINES = "application/x-ndjson";

  private final CurrentCaller caller;
  private final JobSubmission submission;
  private final Settings settings;
  private final Answers answers;
  private final Metrics metrics;

  @Inject
  public JobsBatchResource(
      CurrentCaller caller,
      JobSubmission submission,
      Settings settings,
      Answers answers,
      Metrics metrics) {
    this.caller = caller;
    this.submission = submission;
    this.settings = settings;
    this.answers = answers;
    this.metrics = metrics;
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, LINES})
  @Requires(Permission.JOBS_SUBMIT)
  @Takes("atomic")
  public Response create(
      @Context UriInfo uri, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type, InputStream body)
      throws IOException {
    long began = System.nanoTime();
    Query query = new Query(uri);
    boolean atomic = query.flag("atomic");
    query.errors().refuse();
    MessageDigest digest = sha256();
    InputStream input = answers.hasKey() ? new DigestInputStream(body, digest) : body;
    boolean lines = type.getSubtype().equals("x-ndjson");
    JobBatch batch =
        JobBatch.read(
            lines ? JsonElements.ofLines(input) : JsonElements.ofArray(input),
            lines,
            settings.value(HodeiSettings.JOBS_BATCH_LIMIT));
    if (atomic) {
      batch.requireAll();
    }
    Caller me = caller.get();
    AtomicInteger created = new AtomicInteger();
    Response response =
        answers.onceByDigest(
            digest::digest,
            () -> {
              long[] ids = submission.submit(me, batch.jobs());
              created.set(ids.length);
              return Answer.of(200, "", batch.answer(ids));
            });
    if (created.get() > 0) {
      metrics.jobsCreated(created.get(), Duration.ofNanos(System.nanoTime() - began));
    }
    return response;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
