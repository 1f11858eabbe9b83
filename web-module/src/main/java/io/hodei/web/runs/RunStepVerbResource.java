package io.hodei.web.runs;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.runs.boundary.RunControl;
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
import org.jspecify.annotations.Nullable;

/** Decides about a step of a run. */
@Path("/runs/{id}/steps/{step}:{verb: skip|succeed|approve|reject}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class RunStepVerbResource {
  private static final int LONGEST_REASON = 500;

  private final CurrentCaller caller;
  private final RunControl control;
  private final Answers answers;

  /** What came with the request. */
  private record Said(@Nullable String reason, @Nullable Json outputs) {}

  @Inject
  public RunStepVerbResource(CurrentCaller caller, RunControl control, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.RUNS_CONTROL)
  public Response set(
      @PathParam("id") String text,
      @PathParam("step") String step,
      @PathParam("verb") String verb,
      JsonBody body) {
    long id = RunOutput.id(text);
    Said said = read(verb, body);
    Caller me = caller.get();
    String detail =
        new JsonWriter()
            .object()
            .member("step", step)
            .member("reason", said.reason())
            .endObject()
            .toString();
    return answers.once(
        body.bytes(),
        () -> {
          Run run =
              answers.audited(
                  "run.step-" + verb, Id.format(id), detail, () -> apply(me, verb, id, step, said));
          return Answer.of(200, "", RunOutput.of(run).toString());
        });
  }

  private static Said read(String verb, JsonBody body) {
    if (body.isAbsent()) {
      return new Said(null, null);
    }
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String reason = fields.text("reason", LONGEST_REASON);
    Json outputs = verb.equals("succeed") ? fields.any("outputs") : null;
    fields.finish();
    errors.refuse();
    return new Said(reason, outputs);
  }

  private Run apply(Caller me, String verb, long id, String step, Said said) {
    return switch (verb) {
      case "skip" -> control.skip(me, id, step, said.reason());
      case "succeed" -> control.succeed(me, id, step, said.reason(), said.outputs());
      case "approve" -> control.approve(me, id, step);
      default -> control.reject(me, id, step, said.reason());
    };
  }
}
