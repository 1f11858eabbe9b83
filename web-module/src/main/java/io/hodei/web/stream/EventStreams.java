package io.hodei.web.stream;

import io.hodei.events.EventBus;
import io.hodei.events.EventCursor;
import io.hodei.events.EventFollower;
import io.hodei.events.EventReading;
import io.hodei.events.OutboxRow;
import io.hodei.events.TopicFilter;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.web.stream.EventStream.Frame;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Hands the events of the node's bus to the clients of their tenant, rendered once for all. */
@ApplicationScoped
public class EventStreams {
  private static final int PAGE = 500;
  private static final Duration POLL = Duration.ofSeconds(1);

  private final EventBus bus;
  private final EventReading reading;
  private final EventFollower follower;
  private final ManagedThreadFactory threads;
  private final Map<Long, List<EventStream>> streams = new ConcurrentHashMap<>();
  private @Nullable Loop catchUp;

  @Inject
  public EventStreams(
      EventBus bus, EventReading reading, EventFollower follower, ManagedThreadFactory threads) {
    this.bus = bus;
    this.reading = reading;
    this.follower = follower;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected EventStreams() {
    this(null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    catchUp = new Loop("event-catch-up", POLL, threads, this::catchUp);
    bus.subscribe(EventBus.ALL, this::spread);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (catchUp != null) {
      catchUp.close();
    }
  }

  /** Whether a client that resumes here has missed events that are not kept any more. */
  boolean hasGap(@Nullable EventCursor after) {
    return after != null && !follower.keepsAllAfter(after);
  }

  /**
   * Adds a client.
   *
   * @param after the last event it has seen; null begins with the next one
   * @param gap whether some of what comes after it is gone
   */
  EventStream add(
      SseConnection connection, TopicFilter topics, @Nullable EventCursor after, boolean gap) {
    EventCursor start = after == null ? EventCursor.behind(follower.position()) : after;
    EventStream stream = new EventStream(connection, topics, start, after != null);
    connection.send(SseFrame.hello(start.text()));
    if (gap) {
      connection.send(
          SseFrame.event(
              "reset", "{\"reason\":\"Events after this id were removed by retention\"}"));
    }
    connection.whenThereIsRoom(this::wake);
    streams
        .computeIfAbsent(connection.caller.tenantId(), id -> new CopyOnWriteArrayList<>())
        .add(stream);
    wake();
    return stream;
  }

  void remove(EventStream stream) {
    List<EventStream> ofTenant = streams.get(stream.connection.caller.tenantId());
    if (ofTenant != null) {
      ofTenant.remove(stream);
    }
  }

  private void wake() {
    Loop running = catchUp;
    if (running != null) {
      running.wake();
    }
  }

  private void spread(List<OutboxRow> rows) {
    for (OutboxRow row : rows) {
      List<EventStream> ofTenant = streams.getOrDefault(row.tenantId(), List.of());
      List<Frame> frames = List.of();
      for (EventStream stream : ofTenant) {
        if (stream.topics.accepts(row.topic())) {
          frames = frames.isEmpty() ? row.events().stream().map(Frame::of).toList() : frames;
          stream.live(row.position(), frames);
        }
      }
    }
  }

  private void catchUp() {
    boolean again;
    do {
      again = false;
      for (List<EventStream> ofTenant : streams.values()) {
        for (EventStream stream : ofTenant) {
          again |=
              stream.catchUp(
                  (cursor, topics) -> reading.page(stream.connection.caller, topics, cursor, PAGE));
        }
      }
    } while (again);
  }
}
