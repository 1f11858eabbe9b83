package io.hodei.web.schedules;

import io.hodei.platform.Id;
import io.hodei.schedules.boundary.ScheduleControl;
import io.hodei.schedules.boundary.ScheduleLookup;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleFilter;
import io.hodei.security.Permission;
import io.hodei.security.entity.Answer;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;

/** Makes and lists schedules. */
@Path("/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class SchedulesResource {
  private final CurrentCaller caller;
  private final ScheduleControl control;
  private final ScheduleLookup lookup;
  private final Answers answers;

  @Inject
  public SchedulesResource(
      CurrentCaller caller, ScheduleControl control, ScheduleLookup lookup, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.lookup = lookup;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.SCHEDULES_WRITE)
  public Response create(JsonBody body) {
    return answers.once(
        body.bytes(),
        () -> {
          Schedule made =
              answers.audited(
                  "schedule.create",
                  Audits.name(body),
                  "{}",
                  () -> control.create(caller.get(), body.value()));
          return Answer.of(
              201, "/api/v1/schedules/" + Id.format(made.id()), ScheduleOutput.of(made).toString());
        });
  }

  @GET
  @Requires(Permission.SCHEDULES_READ)
  @Takes({"state", "name", "dueBefore", "fields", "limit", "cursor"})
  public Response list(@Context UriInfo uri) {
    Query query = new Query(uri);
    ScheduleFilter filter = ScheduleQuery.filter(query);
    Set<String> fields = ScheduleQuery.fields(query.text("fields"), query);
    int limit = query.limit();
    long before = query.cursor();
    query.errors().refuse();
    List<Schedule> found = answers.read(() -> lookup.list(caller.get(), filter, before, limit));
    return Answers.page(
        query, found, Schedule::id, (out, schedule) -> ScheduleOutput.write(out, schedule, fields));
  }
}
