package io.hodei.web.stream;

import io.hodei.events.CloudEvent;
import io.hodei.events.EventCursor;
import io.hodei.events.EventPage;
import io.hodei.events.TopicFilter;
import java.util.List;

/**
 * What one client of the event stream has got. It is <em>live</em>, and gets events as the node
 * sees them, or <em>behind</em>, and gets them from the outbox until it has caught up; so there is
 * neither a gap nor a repetition between both.
 */
final class EventStream {
  final SseConnection connection;
  final TopicFilter topics;
  private EventCursor cursor;
  private boolean behind;
  private long missed;

  EventStream(SseConnection connection, TopicFilter topics, EventCursor cursor, boolean behind) {
    this.connection = connection;
    this.topics = topics;
    this.cursor = cursor;
    this.behind = behind;
  }

  /** Sends a row's events. A client without room falls behind. */
  synchronized void live(long position, List<Frame> frames) {
    if (behind) {
      missed = position;
    } else if (position > cursor.position()) {
      for (Frame frame : frames) {
        if (!connection.send(frame.bytes())) {
          behind = true;
          missed = position;
          return;
        }
        cursor = frame.at();
      }
      cursor = EventCursor.behind(position);
    }
  }

  synchronized boolean isBehind() {
    return behind && connection.isOpen();
  }

  /**
   * Sends a page from the outbox.
   *
   * @return whether to go on at once
   */
  boolean catchUp(Pages pages) {
    EventCursor after;
    long missedBefore;
    synchronized (this) {
      if (!isBehind() || !connection.hasRoom()) {
        return false;
      }
      after = cursor;
      missedBefore = missed;
    }
    return take(pages.after(after, topics), missedBefore);
  }

  private synchronized boolean take(EventPage page, long missedBefore) {
    for (CloudEvent event : page.events()) {
      if (!connection.send(Frame.of(event).bytes())) {
        return false;
      }
      cursor = event.at();
    }
    cursor = page.next();
    // What was missed before the page was read is in the page; what came since is not.
    behind = page.more() || missed != missedBefore;
    return behind;
  }

  /** Reads the outbox. */
  interface Pages {
    EventPage after(EventCursor cursor, TopicFilter topics);
  }

  /** An event as it is sent. */
  record Frame(EventCursor at, byte[] bytes) {
    static Frame of(CloudEvent event) {
      return new Frame(event.at(), SseFrame.message(event.at().text(), event.json().toString()));
    }
  }
}
