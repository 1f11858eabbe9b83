package io.hodei.web.schedules;

import io.hodei.platform.Id;
import io.hodei.schedules.boundary.ScheduleControl;
import io.hodei.schedules.boundary.ScheduleLookup;
import io.hodei.schedules.entity.Schedule;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** One schedule, by its name or id: reads, puts, edits and deletes it. */
@Path("/schedules/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ScheduleResource {
  private final CurrentCaller caller;
  private final ScheduleControl control;
  private final ScheduleLookup lookup;
  private final Answers answers;

  @Inject
  public ScheduleResource(
      CurrentCaller caller, ScheduleControl control, ScheduleLookup lookup, Answers answers) {
    this.caller = caller;
    this.control = control;
    this.lookup = lookup;
    this.answers = answers;
  }

  @GET
  @Requires(Permission.SCHEDULES_READ)
  public Response get(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
    Schedule schedule = answers.read(() -> lookup.get(caller.get(), id));
    // A firing changes the resource, not the version: what one may keep is the definition only.
    if (schedule.nextRunAt() == null && Tags.isKnown(ifNoneMatch, schedule.version())) {
      return Response.notModified().header(HttpHeaders.ETAG, Tags.of(schedule.version())).build();
    }
    return tagged(200, schedule);
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.SCHEDULES_WRITE)
  public Response put(
      @PathParam("id") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      JsonBody body) {
    Integer expected = Tags.version(ifMatch, false);
    ScheduleControl.Put put =
        answers.change(
            "schedule.put",
            name,
            "{}",
            () -> control.put(caller.get(), name, body.value(), expected));
    return tagged(put.created() ? 201 : 200, put.schedule());
  }

  @PATCH
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Requires(Permission.SCHEDULES_WRITE)
  public Response edit(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      JsonBody body) {
    Integer expected = Tags.version(ifMatch, true);
    return tagged(
        200,
        answers.change(
            "schedule.edit",
            id,
            "{}",
            () -> control.patch(caller.get(), id, body.value(), expected)));
  }

  @DELETE
  @Requires(Permission.SCHEDULES_WRITE)
  public Response delete(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Integer expected = Tags.version(ifMatch, false);
    answers.change("schedule.delete", id, "{}", () -> control.delete(caller.get(), id, expected));
    return Response.noContent().build();
  }

  private static Response tagged(int status, Schedule schedule) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(ScheduleOutput.of(schedule).toBytes())
        .header(HttpHeaders.ETAG, Tags.of(schedule.version()))
        .header("Location", status == 201 ? "/api/v1/schedules/" + Id.format(schedule.id()) : null)
        .build();
  }
}
