package io.hodei.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.events.CloudEvent;
import io.hodei.events.EventCursor;
import io.hodei.events.EventPage;
import io.hodei.events.OutboxRow;
import io.hodei.events.TopicFilter;
import io.hodei.web.stream.EventStream.Frame;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final TopicFilter ALL = TopicFilter.parse("*");

  private final FakeOutput output = new FakeOutput();
  private final SseConnection connection = Connections.to(output, new AtomicInteger());
  private final List<OutboxRow> outbox = new ArrayList<>();

  private EventStream stream(EventCursor start, boolean behind) throws IOException {
    connection.open();
    output.take(1L << 30);
    return new EventStream(connection, ALL, start, behind);
  }

  private OutboxRow commit(long position) {
    OutboxRow row =
        new OutboxRow(position, 1, "job.changed", Instant.EPOCH, "[{\"job\": 1}, {\"job\": 2}]");
    outbox.add(row);
    return row;
  }

  private static void live(EventStream stream, OutboxRow row) {
    stream.live(row.position(), row.events().stream().map(Frame::of).toList());
  }

  private EventPage page(EventCursor after, int limit) {
    List<CloudEvent> events =
        outbox.stream()
            .flatMap(row -> row.events().stream())
            .filter(event -> event.at().compareTo(after) > 0)
            .toList();
    boolean more = events.size() > limit;
    List<CloudEvent> shown = more ? events.subList(0, limit) : events;
    return new EventPage(shown, shown.isEmpty() ? after : shown.getLast().at(), more);
  }

  private List<String> ids() {
    return Pattern.compile("id: (\\S+)")
        .matcher(output.text())
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private static List<String> expected(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .boxed()
        .flatMap(position -> List.of(position + ".0", position + ".1").stream())
        .toList();
  }

  @Test
  void a_live_client_gets_each_event_once() throws IOException {
    EventStream stream = stream(EventCursor.behind(3), false);
    for (long position = 1; position <= 6; position++) {
      live(stream, commit(position));
    }
    assertThat(ids()).isEqualTo(expected(4, 6));
  }

  @Test
  void a_client_that_resumes_inside_a_row_gets_the_rest_and_then_lives_without_gap_or_repetition()
      throws IOException {
    for (long position = 1; position <= 4; position++) {
      commit(position);
    }
    EventStream stream = stream(new EventCursor(2, 0), true);
    live(stream, outbox.get(3));
    while (stream.catchUp((after, topics) -> page(after, 2))) {
      assertThat(stream.isBehind()).isTrue();
    }
    live(stream, outbox.get(3));
    live(stream, commit(5));
    assertThat(ids().getFirst()).isEqualTo("2.1");
    assertThat(ids().subList(1, ids().size())).isEqualTo(expected(3, 5));
  }

  @Test
  void what_comes_while_the_last_page_is_read_is_not_lost() throws IOException {
    commit(1);
    EventStream stream = stream(EventCursor.START, true);
    boolean again =
        stream.catchUp(
            (after, topics) -> {
              EventPage before = page(after, 100);
              live(stream, commit(2));
              return before;
            });
    assertThat(again).isTrue();
    while (stream.catchUp((after, topics) -> page(after, 100))) {
      assertThat(stream.isBehind()).isTrue();
    }
    live(stream, commit(3));
    assertThat(ids()).isEqualTo(expected(1, 3));
  }

  @Test
  void a_slow_client_falls_behind_and_gets_everything_when_it_reads_again() throws IOException {
    connection.open();
    output.take(0);
    EventStream stream = new EventStream(connection, ALL, EventCursor.START, false);
    long position = 0;
    while (!stream.isBehind()) {
      live(stream, commit(++position));
    }
    for (int i = 0; i < 100; i++) {
      live(stream, commit(++position));
    }
    assertThat(stream.catchUp((after, topics) -> page(after, 500))).isFalse();
    output.take(1L << 30);
    while (stream.catchUp((after, topics) -> page(after, 500))) {
      assertThat(stream.isBehind()).isTrue();
    }
    live(stream, commit(++position));
    assertThat(ids()).isEqualTo(expected(1, position));
  }
}
