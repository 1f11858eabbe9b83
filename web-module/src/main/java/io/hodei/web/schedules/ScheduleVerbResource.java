package io.hodei.web.schedules;

import io.hodei.json.JsonWriter;
import io.hodei.platform.Id;
import io.hodei.schedules.boundary.BackfillControl;
import io.hodei.schedules.boundary.ScheduleControl;
import io.hodei.schedules.entity.Backfill;
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

/** Pauses and resumes a schedule, runs it now, and fills a past range. */
@Path("/schedules/{id}:{verb: pause|resume|run|backfill}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ScheduleVerbResource {
  private final CurrentCaller caller;
  private final ScheduleControl control;
  private final BackfillControl backfills;
  private final Answers answers;

  @Inject
  public ScheduleVerbResource(
      CurrentCaller caller, ScheduleControl control, BackfillControl backfills, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.backfills = backfills;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.SCHEDULES_WRITE)
  public Response act(@PathParam("id") String id, @PathParam("verb") String verb, JsonBody body) {
    String reason = verb.equals("backfill") ? null : Reasons.read(body);
    String detail = verb.equals("backfill") ? "{}" : Reasons.detail(reason);
    return answers.once(
        body.bytes(),
        () ->
            answers.audited(
                "schedule." + verb, id, detail, () -> act(caller.get(), id, verb, body, reason)));
  }

  private Answer act(Caller me, String id, String verb, JsonBody body, @Nullable String reason) {
    return switch (verb) {
      case "pause" -> ok(ScheduleOutput.of(control.pause(me, id, reason)));
      case "resume" -> ok(ScheduleOutput.of(control.resume(me, id)));
      case "run" -> Answer.of(201, "", ScheduleOutput.of(control.run(me, id)).toString());
      default -> {
        Backfill made = backfills.create(me, id, body.value());
        yield Answer.of(
            201, "/api/v1/backfills/" + Id.format(made.id()), ScheduleOutput.of(made).toString());
      }
    };
  }

  private static Answer ok(JsonWriter body) {
    return Answer.of(200, "", body.toString());
  }
}
