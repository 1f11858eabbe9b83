package io.hodei.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window();
  private long now;
  private long number;

  @Test
  void it_grows_to_8_MiB_while_acknowledgements_come_fast() {
    for (int round = 0; round < 10; round++) {
      fillAndAcknowledgeAfter(20);
    }
    assertThat(window.limit()).isEqualTo(Window.MOST_BYTES);
  }

  @Test
  void it_shrinks_when_they_take_long_so_that_heartbeats_get_through() {
    for (int round = 0; round < 10; round++) {
      fillAndAcknowledgeAfter(2000);
    }
    assertThat(window.limit()).isEqualTo(Window.LEAST_BYTES);
  }

  @Test
  void it_is_closed_when_full_and_open_after_an_acknowledgement() {
    window.sent(1, (int) window.limit(), now);
    assertThat(window.open()).isFalse();
    window.acknowledged(1, now);
    assertThat(window.open()).isTrue();
  }

  private void fillAndAcknowledgeAfter(long millis) {
    while (window.open()) {
      window.sent(++number, 64 << 10, now);
    }
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    window.acknowledged(number, now);
  }
}
