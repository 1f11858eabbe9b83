package io.hodei.web.schedules;

import io.hodei.schedules.boundary.ScheduleLookup;
import io.hodei.schedules.boundary.ScheduleLookup.Preview;
import io.hodei.schedules.entity.Firing;
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
import java.time.Instant;
import java.util.List;

/** The ticks of a schedule: those to come, and what became of those that were. */
@Path("/schedules/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ScheduleTicksResource {
  private final CurrentCaller caller;
  private final ScheduleLookup lookup;
  private final Answers answers;

  @Inject
  public ScheduleTicksResource(CurrentCaller caller, ScheduleLookup lookup, Answers answers) {
    this.caller = caller;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Path("preview")
  @Requires(Permission.SCHEDULES_READ)
  @Takes({"from", "to", "limit"})
  public Response preview(@PathParam("id") String id, @Context UriInfo uri) {
    Query query = new Query(uri);
    Instant from = query.instant("from");
    Instant to = query.instant("to");
    if (from != null && to != null && !to.isAfter(from)) {
      query.errors().add("?to", "is not after from");
    }
    int limit = limit(query);
    query.errors().refuse();
    Preview preview = answers.read(() -> lookup.preview(caller.get(), id, from, to, limit));
    return Answers.ok(ScheduleOutput.of(preview));
  }

  @GET
  @Path("firings")
  @Requires(Permission.SCHEDULES_READ)
  @Takes({"state", "backfill", "limit", "cursor"})
  public Response firings(@PathParam("id") String id, @Context UriInfo uri) {
    Query query = new Query(uri);
    String state = ScheduleQuery.oneOf(query, "state", ScheduleQuery.FIRING_STATES);
    String backfill = query.text("backfill");
    long backfillId = backfill == null ? -1 : Tags.id("backfill", backfill);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    List<Firing> found =
        answers.read(() -> lookup.firings(caller.get(), id, state, backfillId, before, limit));
    return Answers.page(query, found, Firing::id, ScheduleOutput::write);
  }

  private static int limit(Query query) {
    String text = query.text("limit");
    if (text == null) {
      return 50;
    }
    int value = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (value < 1 || value > ScheduleLookup.MOST_TICKS) {
      query.errors().add("?limit", "must be a whole number in 1.." + ScheduleLookup.MOST_TICKS);
    }
    return value;
  }
}
