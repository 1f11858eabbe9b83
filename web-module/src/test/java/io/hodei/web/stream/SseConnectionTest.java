package io.hodei.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SseConnectionTest {
  private final FakeOutput output = new FakeOutput();
  private final AtomicInteger completed = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final SseConnection connection = Connections.to(output, completed);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void frames_have_the_form_of_server_sent_events() {
    assertThat(SseFrame.message("12.0", "{}")).isEqualTo(bytes("id: 12.0\ndata: {}\n\n"));
    assertThat(SseFrame.event("log", "1-7", "{}"))
        .isEqualTo(bytes("event: log\nid: 1-7\ndata: {}\n\n"));
    assertThat(SseFrame.event("end", "{}")).isEqualTo(bytes("event: end\ndata: {}\n\n"));
    assertThat(SseFrame.hello("9")).isEqualTo(bytes("retry: 1000\nid: 9\n\n"));
    assertThat(SseFrame.HEARTBEAT).isEqualTo(bytes(": heartbeat\n\n"));
  }

  @Test
  void frames_sent_before_and_after_the_opening_are_written_in_order() throws IOException {
    connection.send(bytes("a"));
    connection.open();
    output.take(1000);
    connection.send(bytes("b"));
    assertThat(output.text()).isEqualTo("ab");
  }

  @Test
  void a_client_that_takes_nothing_costs_a_bounded_queue_and_gets_all_of_it_later()
      throws IOException {
    AtomicInteger room = new AtomicInteger();
    connection.whenThereIsRoom(room::incrementAndGet);
    connection.open();
    output.take(0);
    byte[] frame = new byte[1024];
    int accepted = 0;
    while (connection.send(frame)) {
      accepted++;
    }
    assertThat(accepted).isEqualTo(SseConnection.MOST_BYTES / 1024);
    assertThat(connection.hasRoom()).isFalse();
    assertThat(connection.isWaitingForClient()).isTrue();
    assertThat(output.text()).isEmpty();
    output.take(1L << 20);
    assertThat(output.text()).hasSize(accepted * 1024);
    assertThat(room).hasValue(1);
    assertThat(connection.send(frame)).isTrue();
  }

  @Test
  void a_frame_larger_than_the_queue_is_taken_when_the_queue_is_empty() {
    assertThat(connection.send(new byte[SseConnection.MOST_BYTES + 1])).isTrue();
    assertThat(connection.send(new byte[1])).isFalse();
  }

  @Test
  void closing_writes_what_waits_and_completes_once() throws IOException {
    connection.whenItEnds(ended::incrementAndGet);
    connection.open();
    output.take(0);
    connection.send(bytes("last"));
    connection.close();
    assertThat(completed).hasValue(0);
    assertThat(connection.send(bytes("too late"))).isFalse();
    output.take(100);
    assertThat(output.text()).isEqualTo("last");
    connection.abort();
    assertThat(completed).hasValue(1);
    assertThat(ended).hasValue(1);
  }

  @Test
  void a_client_that_is_gone_is_noticed_at_the_next_write() throws IOException {
    connection.whenItEnds(ended::incrementAndGet);
    connection.open();
    output.take(100);
    output.breakOff();
    connection.send(bytes("x"));
    assertThat(ended).hasValue(1);
    assertThat(connection.isOpen()).isFalse();
  }
}
