package io.hodei.web.runs;

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
import io.hodei.web.http.Reasons;
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

/** Cancels, pauses and resumes a run. */
@Path("/runs/{id}:{verb: cancel|pause|resume}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class RunVerbResource {
  private final CurrentCaller caller;
  private final RunControl control;
  private final Answers answers;

  @Inject
  public RunVerbResource(CurrentCaller caller, RunControl control, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.RUNS_CONTROL)
  public Response set(@PathParam("id") String text, @PathParam("verb") String verb, JsonBody body) {
    long id = RunOutput.id(text);
    String reason = Reasons.read(body);
    Caller me = caller.get();
    return answers.once(
        body.bytes(),
        () -> {
          Run run =
              answers.audited(
                  "run." + verb,
                  Id.format(id),
                  Reasons.detail(reason),
                  () -> apply(me, verb, id, reason));
          return Answer.of(200, "", RunOutput.of(run).toString());
        });
  }

  private Run apply(Caller me, String verb, long id, @Nullable String reason) {
    return switch (verb) {
      case "cancel" -> control.cancel(me, id, reason);
      case "pause" -> control.pause(me, id, reason);
      default -> control.resume(me, id);
    };
  }
}
