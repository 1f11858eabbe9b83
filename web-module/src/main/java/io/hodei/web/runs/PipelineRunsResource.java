package io.hodei.web.runs;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.runs.boundary.RunSubmission;
import io.hodei.runs.entity.NewRun;
import io.hodei.runs.entity.Run;
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
import java.util.Map;

/** Starts runs of a pipeline. */
@Path("/pipelines/{name}/runs")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class PipelineRunsResource {
  private static final int MOST_VERSIONS = 1_000_000_000;

  private final CurrentCaller caller;
  private final RunSubmission submission;
  private final Answers answers;

  @Inject
  public PipelineRunsResource(CurrentCaller caller, RunSubmission submission, Answers answers) {
    this.caller = caller;
    this.submission = submission;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.RUNS_START)
  public Response start(@PathParam("name") String pipeline, JsonBody body) {
    NewRun wanted = read(pipeline, body);
    Caller me = caller.get();
    String detail =
        new JsonWriter().object().member("version", wanted.version()).endObject().toString();
    return answers.once(
        body.bytes(),
        () -> {
          Run run =
              answers.audited("run.start", pipeline, detail, () -> submission.start(me, wanted));
          return Answer.of(201, location(run), RunOutput.of(run).toString());
        });
  }

  static String location(Run run) {
    return "/api/v1/runs/" + Id.format(run.id());
  }

  private static NewRun read(String pipeline, JsonBody body) {
    FieldErrors errors = new FieldErrors();
    if (body.isAbsent()) {
      return new NewRun(pipeline, null, Map.of());
    }
    JsonFields fields = body.fields(errors);
    Json parameters = fields.any("parameters");
    if (parameters != null && !(parameters instanceof Json.Obj)) {
      fields.refuse("parameters", "must be an object, not " + parameters.kind());
    }
    Long version = fields.integer("version", 1, MOST_VERSIONS);
    fields.finish();
    errors.refuse();
    return new NewRun(
        pipeline,
        version == null ? null : version.intValue(),
        parameters instanceof Json.Obj object ? object.members() : Map.of());
  }
}
