package io.hodei.web.stream;

import io.hodei.logs.LogCursor;
import io.hodei.logs.LogInfo;
import io.hodei.logs.LogReading;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import io.hodei.web.jobs.JobIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The output of a job as it comes. */
@Path("/jobs/{id}/logs/tail")
@Dependent
public class LogTailResource {
  private final CurrentCaller caller;
  private final LogReading reading;
  private final LogTails tails;
  private final StreamHub hub;
  private final Answers answers;

  @Inject
  public LogTailResource(
      CurrentCaller caller, LogReading reading, LogTails tails, StreamHub hub, Answers answers) {
    this.caller = caller;
    this.reading = reading;
    this.tails = tails;
    this.hub = hub;
    this.answers = answers;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Requires(Permission.LOGS_READ)
  @Takes({"attempt", "after"})
  public void tail(
      @PathParam("id") String text,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse async) {
    long id = JobIds.id(text);
    Query parameters = new Query(uri);
    LogQuery query = new LogQuery(parameters);
    int attempt = query.attempt();
    query.refuse();
    @Nullable String resumed = request.getHeader("Last-Event-ID");
    @Nullable String after = resumed == null ? parameters.text("after") : resumed;
    Caller me = caller.get();
    LogInfo info = answers.read(() -> reading.info(me, id, attempt));
    LogCursor cursor =
        after == null || after.isEmpty()
            ? LogCursor.before(info.attempt())
            : LogCursor.parse(after);
    if (request.getMethod().equals(HttpMethod.HEAD)) {
      async.resume(Response.ok().type(MediaType.SERVER_SENT_EVENTS).build());
      return;
    }
    SseConnection connection = hub.connect(request, async, me);
    LogTail tail = new LogTail(connection, id, cursor, attempt != 0);
    connection.send(SseFrame.hello(cursor.text()));
    hub.register(connection, () -> tails.remove(tail));
    tails.add(tail);
    connection.open();
  }
}
