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

/** Sends a signal to a run. */
@Path("/runs/{id}:signal")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class RunSignalResource {
  private static final int LONGEST_NAME = 200;

  private final CurrentCaller caller;
  private final RunControl control;
  private final Answers answers;

  @Inject
  public RunSignalResource(CurrentCaller caller, RunControl control, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.RUNS_CONTROL)
  public Response signal(@PathParam("id") String text, JsonBody body) {
    long id = RunOutput.id(text);
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String name = fields.requiredText("name", LONGEST_NAME);
    Json payload = fields.any("payload");
    fields.finish();
    errors.refuse();
    Caller me = caller.get();
    String detail = new JsonWriter().object().member("name", name).endObject().toString();
    return answers.once(
        body.bytes(),
        () -> {
          Run run =
              answers.audited(
                  "run.signal",
                  Id.format(id),
                  detail,
                  () ->
                      control.signal(me, id, name, payload == null ? Json.Null.INSTANCE : payload));
          return Answer.of(200, "", RunOutput.of(run).toString());
        });
  }
}
