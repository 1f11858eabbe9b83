package io.hodei.web.schedules;

import io.hodei.json.JsonWriter;
import io.hodei.schedules.boundary.CalendarControl;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.JsonBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The calendars that schedules include or exclude. */
@Path("/calendars")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class CalendarsResource {
  private final CurrentCaller caller;
  private final CalendarControl calendars;
  private final Answers answers;

  @Inject
  public CalendarsResource(CurrentCaller caller, CalendarControl calendars, Answers answers) {
    this.caller = caller;
    this.calendars = calendars;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.SCHEDULES_READ)
  public Response list() {
    JsonWriter out = new JsonWriter(1024).object().array("items");
    answers
        .read(() -> calendars.list(caller.get()))
        .forEach(calendar -> ScheduleOutput.write(out, calendar));
    return Answers.ok(out.endArray().endObject());
  }

  @GET
  @Path("{name}")
  @Requires(Permission.SCHEDULES_READ)
  public Response get(@PathParam("name") String name) {
    return Answers.ok(ScheduleOutput.of(answers.read(() -> calendars.get(caller.get(), name))));
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.SCHEDULES_WRITE)
  public Response put(@PathParam("name") String name, JsonBody body) {
    CalendarControl.Put put =
        answers.change(
            "calendar.put", name, "{}", () -> calendars.put(caller.get(), name, body.value()));
    return Answers.json(put.created() ? 201 : 200, ScheduleOutput.of(put.calendar()));
  }

  @DELETE
  @Path("{name}")
  @Requires(Permission.SCHEDULES_WRITE)
  public Response delete(@PathParam("name") String name) {
    answers.change(
        "calendar.delete",
        name,
        "{}",
        () -> {
          calendars.delete(caller.get(), name);
          return name;
        });
    return Response.noContent().build();
  }
}
