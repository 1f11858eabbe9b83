package io.hodei.web.stream;

import io.hodei.json.JsonWriter;
import io.hodei.logs.LogHits;
import io.hodei.logs.LogLines;
import io.hodei.logs.LogStream;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import io.hodei.web.jobs.JobIds;
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

/** Looks for a text in the output of a job. */
@Path("/jobs/{id}/logs:search")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class LogSearchResource {
  private static final int LONGEST = 200;
  private static final int MOST = 500;

  private final CurrentCaller caller;
  private final LogSearches searches;
  private final Answers answers;

  @Inject
  public LogSearchResource(CurrentCaller caller, LogSearches searches, Answers answers) {
    this.caller = caller;
    this.searches = searches;
    this.answers = answers;
  }

  /** The cursor is the offset at which the next call begins. */
  @GET
  @Requires(Permission.LOGS_READ)
  @Takes({"q", "stream", "attempt", "from", "limit", "matchCase"})
  public Response search(@PathParam("id") String text, @Context UriInfo uri) {
    long id = JobIds.id(text);
    LogQuery query = new LogQuery(new Query(uri));
    int attempt = query.attempt();
    LogStream stream = query.stream();
    LogLines.Wanted wanted =
        new LogLines.Wanted(
            query.text("q", LONGEST),
            query.flag("matchCase"),
            query.number("from", 0, 0, Long.MAX_VALUE / 2),
            (int) query.number("limit", 100, 1, MOST));
    query.refuse();
    LogHits found =
        answers.read(
            () -> searches.search(caller.get(), new LogLines.Log(id, attempt, stream), wanted));
    JsonWriter out =
        new JsonWriter(8192)
            .object()
            .member("attempt", found.info().attempt())
            .member("state", found.info().state())
            .array("items");
    for (LogHits.Hit hit : found.hits()) {
      out.object()
          .member("line", hit.line())
          .member("offset", hit.offset())
          .member("excerpt", hit.excerpt())
          .endObject();
    }
    Long next = found.next();
    return Answers.ok(
        out.endArray().member("nextCursor", next == null ? null : Long.toString(next)).endObject());
  }
}
