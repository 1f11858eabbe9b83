package io.hodei.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.client.ServerSentEvents.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  @Test
  void an_event_has_its_type_its_id_and_its_lines_of_data() throws IOException {
    assertThat(read("event: log\nid: 1-1\ndata: a\ndata: b\n\n"))
        .containsExactly(new Event("1-1", "log", "a\nb"));
  }

  @Test
  void the_id_stays_until_another_one_is_set() throws IOException {
    assertThat(read("id: 7\ndata: a\n\ndata: b\n\n"))
        .extracting(Event::id)
        .containsExactly("7", "7");
  }

  @Test
  void a_heartbeat_is_no_event() throws IOException {
    assertThat(read(": beat\n\n: beat\n\ndata:x\n\n"))
        .containsExactly(new Event("", "message", "x"));
  }

  @Test
  void an_event_that_the_stream_breaks_off_in_is_not_delivered() throws IOException {
    assertThat(read("data: whole\n\nid: 2\ndata: hal"))
        .extracting(Event::data)
        .containsExactly("whole");
  }

  private static List<Event> read(String text) throws IOException {
    List<Event> events = new ArrayList<>();
    try (ServerSentEvents stream =
        new ServerSentEvents(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "")) {
      for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
        events.add(next.get());
      }
    }
    return events;
  }
}
