package io.hodei.web.schedules;

import io.hodei.platform.Id;
import io.hodei.schedules.boundary.BackfillControl;
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

/** Ends a backfill and its jobs. */
@Path("/backfills/{id}:cancel")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class BackfillCancelResource {
  private final CurrentCaller caller;
  private final BackfillControl backfills;
  private final Answers answers;

  @Inject
  public BackfillCancelResource(CurrentCaller caller, BackfillControl backfills, Answers answers) {
    this.caller = caller;
    this.backfills = backfills;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.SCHEDULES_WRITE)
  public Response cancel(@PathParam("id") String text, JsonBody body) {
    long id = Tags.id("backfill", text);
    String reason = Reasons.read(body);
    return answers.once(
        body.bytes(),
        () ->
            Answer.of(
                200,
                "",
                ScheduleOutput.of(
                        answers.audited(
                            "backfill.cancel",
                            Id.format(id),
                            Reasons.detail(reason),
                            () -> backfills.cancel(caller.get(), id, reason)))
                    .toString()));
  }
}
