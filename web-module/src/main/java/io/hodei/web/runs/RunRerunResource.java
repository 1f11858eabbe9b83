package io.hodei.web.runs;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.runs.boundary.RunSubmission;
import io.hodei.runs.entity.Rerun;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Repeats an ended run by a new one. */
@Path("/runs/{id}:rerun")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class RunRerunResource {
  private static final int MOST_STEPS = 10_000;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_REASON = 500;

  private final CurrentCaller caller;
  private final RunSubmission submission;
  private final Answers answers;

  @Inject
  public RunRerunResource(CurrentCaller caller, RunSubmission submission, Answers answers) {
    this.caller = caller;
    this.submission = submission;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.RUNS_START)
  public Response rerun(
      @PathParam("id") String text,
      @QueryParam("version") @Nullable String version,
      JsonBody body) {
    long id = RunOutput.id(text);
    Rerun how = read(version, body);
    Caller me = caller.get();
    return answers.once(
        body.bytes(),
        () -> {
          Run run =
              answers.audited(
                  "run.rerun", Id.format(id), detail(how), () -> submission.rerun(me, id, how));
          return Answer.of(201, PipelineRunsResource.location(run), RunOutput.of(run).toString());
        });
  }

  private static Rerun read(@Nullable String version, JsonBody body) {
    FieldErrors errors = new FieldErrors();
    boolean newest = "newest".equals(version);
    boolean number = version != null && version.matches("[1-9]\\d{0,8}");
    if (version != null && !newest && !number) {
      errors.add("?version", "must be newest or the number of a version");
    }
    Integer wanted = number && version != null ? Integer.valueOf(version) : null;
    if (body.isAbsent()) {
      errors.refuse();
      return new Rerun(Rerun.Mode.ALL, null, wanted, newest, List.of(), List.of(), null);
    }
    JsonFields fields = body.fields(errors);
    Rerun.Mode mode = fields.oneOf("mode", Rerun.Mode.class);
    String from = fields.text("from", LONGEST_ID);
    List<String> skip = fields.texts("skip", MOST_STEPS, LONGEST_ID);
    List<String> succeed = fields.texts("succeed", MOST_STEPS, LONGEST_ID);
    String reason = fields.text("reason", LONGEST_REASON);
    fields.finish();
    if (mode == null && errors.isEmpty()) {
      mode = from == null ? Rerun.Mode.ALL : Rerun.Mode.FROM;
    }
    if ((mode == Rerun.Mode.FROM) != (from != null) && errors.isEmpty()) {
      fields.refuse("from", "names the step to begin with, and goes with the mode FROM only");
    }
    errors.refuse();
    return new Rerun(
        mode == null ? Rerun.Mode.ALL : mode,
        from,
        wanted,
        newest,
        skip == null ? List.of() : skip,
        succeed == null ? List.of() : succeed,
        reason);
  }

  private static String detail(Rerun how) {
    JsonWriter out =
        new JsonWriter().object().member("mode", how.mode()).member("from", how.from());
    if (!how.skip().isEmpty()) {
      out.texts("skip", how.skip());
    }
    if (!how.succeed().isEmpty()) {
      out.texts("succeed", how.succeed());
    }
    return out.member("reason", how.reason()).endObject().toString();
  }
}
