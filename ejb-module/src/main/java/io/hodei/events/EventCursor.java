package io.hodei.events;

import io.hodei.platform.DomainException;

/**
 * How far somebody has read: the event with this index in the row with this position is the last
 * one seen. Its text {@code position.index} is the id of that event.
 */
public record EventCursor(long position, int index) implements Comparable<EventCursor> {
  /** Before all events. */
  public static final EventCursor START = new EventCursor(0, Integer.MAX_VALUE);

  /** After all events of the row with this position. */
  public static EventCursor behind(long position) {
    return new EventCursor(position, Integer.MAX_VALUE);
  }

  /**
   * Reads {@code position.index}, or {@code position} for the whole row.
   *
   * @throws DomainException INVALID when the text is neither
   */
  public static EventCursor parse(String text) {
    int dot = text.indexOf('.');
    try {
      long position = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
      int index = dot < 0 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(dot + 1));
      if (position >= 0 && index >= 0) {
        return new EventCursor(position, index);
      }
    } catch (NumberFormatException e) {
      // The sentence below says it.
    }
    throw DomainException.invalid(
        "/after", "must be the id of an event, for example 1042.0, or a position");
  }

  public String text() {
    return index == Integer.MAX_VALUE ? Long.toString(position) : position + "." + index;
  }

  @Override
  public int compareTo(EventCursor other) {
    int byPosition = Long.compare(position, other.position);
    return byPosition != 0 ? byPosition : Integer.compare(index, other.index);
  }
}
