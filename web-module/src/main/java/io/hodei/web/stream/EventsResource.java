package io.hodei.web.stream;

import io.hodei.events.CloudEvent;
import io.hodei.events.EventCursor;
import io.hodei.events.EventPage;
import io.hodei.events.EventReading;
import io.hodei.events.TopicFilter;
import io.hodei.json.JsonWriter;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.web.access.CurrentCaller;
import io.hodei.web.access.Requires;
import io.hodei.web.http.Answers;
import io.hodei.web.http.Query;
import io.hodei.web.http.Takes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The events of the tenant: as a stream, or page by page. */
@Path("/events")
@Dependent
public class EventsResource {
  private final CurrentCaller caller;
  private final EventReading reading;
  private final EventStreams streams;
  private final StreamHub hub;
  private final Answers answers;

  @Inject
  public EventsResource(
      CurrentCaller caller,
      EventReading reading,
      EventStreams streams,
      StreamHub hub,
      Answers answers) {
    this.caller = caller;
    this.reading = reading;
    this.streams = streams;
    this.hub = hub;
    this.answers = answers;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Requires(Permission.EVENTS_READ)
  @Takes({"topics", "after", "limit"})
  public Response page(@Context UriInfo uri) {
    Query query = new Query(uri);
    int limit = query.limit();
    query.errors().refuse();
    TopicFilter topics = topics(query);
    EventCursor after = cursor(query.text("after"));
    EventPage page =
        answers.read(
            () ->
                reading.page(
                    caller.get(), topics, after == null ? EventCursor.START : after, limit));
    JsonWriter out = new JsonWriter(4096).object().array("items");
    for (CloudEvent event : page.events()) {
      out.raw(event.json().toString());
    }
    return Answers.ok(out.endArray().member("nextCursor", page.next().text()).endObject());
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
  @Requires(Permission.EVENTS_READ)
  @Takes({"topics", "after"})
  public void follow(
      @Context UriInfo uri, @Context HttpServletRequest request, @Suspended AsyncResponse async) {
    Query query = new Query(uri);
    TopicFilter topics = topics(query);
    @Nullable String resumed = request.getHeader("Last-Event-ID");
    EventCursor after = cursor(resumed == null ? query.text("after") : resumed);
    if (request.getMethod().equals(HttpMethod.HEAD)) {
      async.resume(Response.ok().type(MediaType.SERVER_SENT_EVENTS).build());
      return;
    }
    Caller me = caller.get();
    boolean gap = answers.read(() -> streams.hasGap(after));
    SseConnection connection = hub.connect(request, async, me);
    EventStream stream = streams.add(connection, topics, after, gap);
    hub.register(connection, () -> streams.remove(stream));
    connection.open();
  }

  private static TopicFilter topics(Query query) {
    @Nullable String text = query.text("topics");
    return TopicFilter.parse(text == null ? "" : text);
  }

  private static @Nullable EventCursor cursor(@Nullable String text) {
    return text == null || text.isEmpty() ? null : EventCursor.parse(text);
  }
}
