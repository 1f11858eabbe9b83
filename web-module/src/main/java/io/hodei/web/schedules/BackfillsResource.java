package io.hodei.web.schedules;

import io.hodei.schedules.boundary.BackfillControl;
import io.hodei.schedules.entity.Backfill;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Shows backfills. */
@Path("/backfills")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class BackfillsResource {
  private final CurrentCaller caller;
  private final BackfillControl backfills;
  private final Answers answers;

  @Inject
  public BackfillsResource(CurrentCaller caller, BackfillControl backfills, Answers answers) {
    this.caller = caller;
    this.backfills = backfills;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.SCHEDULES_READ)
  @Takes({"schedule", "state", "limit", "cursor"})
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    String state = ScheduleQuery.oneOf(query, "state", ScheduleQuery.BACKFILL_STATES);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    List<Backfill> found =
        answers.read(
            () -> backfills.list(caller.get(), query.text("schedule"), state, before, limit));
    return Answers.page(query, found, Backfill::id, ScheduleOutput::write);
  }

  @GET
  @Path("{id}")
  @Requires(Permission.SCHEDULES_READ)
  public Response get(@PathParam("id") String text) {
    long id = Tags.id("backfill", text);
    return Answers.ok(ScheduleOutput.of(answers.read(() -> backfills.get(caller.get(), id))));
  }
}
