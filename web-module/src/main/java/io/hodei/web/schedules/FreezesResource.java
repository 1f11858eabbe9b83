package io.hodei.web.schedules;

import io.hodei.json.FieldErrors;
import io.hodei.json.JsonFields;
import io.hodei.json.JsonWriter;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.schedules.boundary.FreezeControl;
import io.hodei.schedules.entity.Freeze;
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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** Holds all schedules of the tenant, or of everybody, for a while. */
@Path("/freezes")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class FreezesResource {
  private static final int LONGEST_REASON = 500;

  private final CurrentCaller caller;
  private final FreezeControl freezes;
  private final Answers answers;

  @Inject
  public FreezesResource(CurrentCaller caller, FreezeControl freezes, Answers answers) {
    this.caller = caller;
    this.freezes = freezes;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.SCHEDULES_READ)
  public Response list() {
    JsonWriter out = new JsonWriter().object().array("items");
    answers
        .read(() -> freezes.active(caller.get()))
        .forEach(freeze -> ScheduleOutput.write(out, freeze));
    return Answers.ok(out.endArray().endObject());
  }

  /** One of everything belongs to no tenant, so no Idempotency-Key of a tenant holds it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.FREEZES_WRITE)
  public Response freeze(JsonBody body) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = body.fields(errors);
    String reason = fields.requiredText("reason", LONGEST_REASON);
    Instant until = fields.instant("until");
    Boolean everything = fields.flag("everything");
    fields.finish();
    errors.refuse();
    Caller me = caller.get();
    if (Boolean.TRUE.equals(everything)) {
      Freeze made = answers.read(() -> freezes.freezeEverything(me, reason, until));
      return Answers.json(201, ScheduleOutput.of(made));
    }
    return answers.once(
        body.bytes(),
        () -> {
          Freeze made =
              answers.audited(
                  "freeze.create",
                  me.tenantName(),
                  Reasons.detail(reason),
                  () -> freezes.freeze(me, reason, until));
          return Answer.of(201, "", ScheduleOutput.of(made).toString());
        });
  }

  @DELETE
  @Path("{id}")
  @Requires(Permission.FREEZES_WRITE)
  public Response lift(@PathParam("id") String text) {
    long id = Tags.id("freeze", text);
    Caller me = caller.get();
    boolean everything =
        answers.read(
            () ->
                freezes.active(me).stream()
                    .anyMatch(freeze -> freeze.id() == id && freeze.everything()));
    if (everything) {
      answers.read(
          () -> {
            freezes.liftEverything(me, id);
            return id;
          });
    } else {
      answers.change(
          "freeze.lift",
          Id.format(id),
          "{}",
          () -> {
            if (!freezes.lift(me, id)) {
              throw DomainException.notFound("active freeze", Id.format(id));
            }
            return id;
          });
    }
    return Response.noContent().build();
  }
}
