package io.hodei.events;

import io.hodei.cluster.Grid;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Follows the positions of the outbox on every node, beginning at the head, and hands the events to
 * the node's {@link EventBus}, each exactly once and in order.
 */
@ApplicationScoped
public class EventFollower {
  static final String HINT_TOPIC = "events";
  private static final int ROWS = 500;
  private static final int BYTES = 512 << 10;

  /** As stored: 3 bytes in UTF-8, and a header that is shorter than any array of items. */
  private static final long MOST_BYTES_PER_CHAR = 6;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int IDLE_POLLS = 5;

  private final Outbox outbox;
  private final EventBus bus;
  private final Grid grid;
  private final ThreadFactory threads;
  private final AtomicBoolean hinted = new AtomicBoolean();
  private int emptyPolls;
  private volatile long position = -1;
  private @Nullable Loop loop;

  @Inject
  public EventFollower(Outbox outbox, EventBus bus, Grid grid, ManagedThreadFactory threads) {
    this(outbox, bus, grid, (ThreadFactory) threads);
  }

  EventFollower(Outbox outbox, EventBus bus, Grid grid, ThreadFactory threads) {
    this.outbox = outbox;
    this.bus = bus;
    this.grid = grid;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected EventFollower() {
    this(null, null, null, (ThreadFactory) null);
  }

  void start(@Observes @Priority(NodeStarting.EVENTS) NodeStarting event) {
    position = outbox.head();
    loop = new Loop("event-follower", POLL, threads, this::follow);
    grid.subscribe(HINT_TOPIC, hint -> hint());
  }

  void stop(@Observes @Priority(NodeStopping.EVENTS) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
  }

  /** The position up to which this node has seen the events. */
  public long position() {
    return position;
  }

  /**
   * Whether everything after the cursor is still kept, so that a reader who resumes misses nothing.
   */
  public boolean keepsAllAfter(EventCursor cursor) {
    return cursor.position() >= outbox.oldest() - 1;
  }

  private void hint() {
    hinted.set(true);
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  private void follow() {
    if (!hinted.getAndSet(false) && emptyPolls >= IDLE_POLLS && emptyPolls % IDLE_POLLS != 0) {
      emptyPolls++;
      return;
    }
    emptyPolls = followToTheEnd() ? 0 : emptyPolls + 1;
  }

  /** Hands on everything there is now; answers whether there was something. */
  boolean followToTheEnd() {
    if (position < 0) {
      position = outbox.head();
    }
    boolean some = false;
    List<OutboxRow> rows;
    do {
      rows = outbox.after(position, ROWS, BYTES);
      if (!rows.isEmpty()) {
        bus.publish(rows);
        position = rows.getLast().position();
        some = true;
      }
    } while (mayHaveMore(rows));
    return some;
  }

  /** Whether one of the two limits can have cut these rows off from others. */
  private static boolean mayHaveMore(List<OutboxRow> rows) {
    return rows.size() == ROWS
        || rows.stream().mapToLong(row -> MOST_BYTES_PER_CHAR * row.items().length()).sum()
            >= BYTES;
  }
}
