package io.hodei.dispatch.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionWatchTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SESSION = 7;

  private final SessionWatch watch = new SessionWatch(Duration.ofSeconds(12));

  @Test
  void a_session_that_nobody_renews_is_over_after_twelve_seconds() {
    assertThat(lookEverySecond(0, 12, 100)).isEmpty();
    assertThat(lookEverySecond(13, 13, 100)).containsEntry(SESSION, 100L);
  }

  @Test
  void a_renewed_session_is_never_over() {
    for (int second = 0; second < 60; second++) {
      assertThat(watch.look(Map.of(SESSION, 100L + second / 3), second * SECOND)).isEmpty();
    }
  }

  @Test
  void a_jump_of_the_databases_clock_ends_nothing() {
    // Renewal times lie an hour in the past or the future: only that they change counts.
    for (int second = 0; second < 60; second++) {
      long jumped = second < 20 ? second : second - Duration.ofHours(1).toSeconds();
      assertThat(watch.look(Map.of(SESSION, jumped), second * SECOND)).isEmpty();
    }
  }

  @Test
  void a_pause_of_this_node_or_of_the_database_starts_the_watch_anew() {
    lookEverySecond(0, 10, 100);
    assertThat(watch.look(Map.of(SESSION, 100L), 60 * SECOND)).isEmpty();
    assertThat(lookEverySecond(61, 72, 100)).isEmpty();
    assertThat(lookEverySecond(73, 73, 100)).containsKey(SESSION);
  }

  private Map<Long, Long> lookEverySecond(int from, int to, long renewed) {
    Map<Long, Long> over = new HashMap<>();
    for (int second = from; second <= to; second++) {
      over.putAll(watch.look(Map.of(SESSION, renewed), second * SECOND));
    }
    return over;
  }
}
