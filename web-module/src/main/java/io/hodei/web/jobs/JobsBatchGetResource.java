package io.hodei.web.jobs;

import io.hodei.jobs.boundary.JobLookup;
import io.hodei.jobs.entity.Job;
import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads many jobs at once. */
@Path("/jobs:batchGet")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class JobsBatchGetResource {
  private final CurrentCaller caller;
  private final JobLookup lookup;
  private final Answers answers;

  @Inject
  public JobsBatchGetResource(CurrentCaller caller, JobLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  private static final int MOST_IDS = 500;
  private static final int LONGEST_ID = 26;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.JOBS_READ)
  public Response get(JsonBody body) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    List<String> texts = fields.texts("ids", MOST_IDS, LONGEST_ID);
    if (texts == null && errors.isEmpty()) {
      fields.refuse("ids", "is required");
    }
    fields.finish();
    errors.refuse();
    return read(texts == null ? List.of() : texts);
  }

  private Response read(List<String> texts) {
    long[] ids = texts.stream().mapToLong(Id::parse).filter(id -> id >= 0).distinct().toArray();
    List<Job> jobs = answers.read(() -> lookup.getAll(caller.get(), ids));
    JsonWriter out = new JsonWriter(4096).object().array("items");
    jobs.forEach(job -> JobOutput.write(out, job));
    out.endArray().array("missing");
    Set<Long> found = jobs.stream().map(Job::id).collect(Collectors.toSet());
    texts.stream().distinct().filter(text -> !found.contains(Id.parse(text))).forEach(out::value);
    return Answers.ok(out.endArray().endObject());
  }
}
