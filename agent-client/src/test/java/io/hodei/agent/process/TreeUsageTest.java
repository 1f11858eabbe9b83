package io.hodei.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.agent.spool.AttemptId;
import io.hodei.protocol.hwp.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeUsageTest {
  private static final ExitStatus NORMAL = new ExitStatus(0, 0, -1, true);

  /** Close to the end of the numbers: {@code nanoTime} may begin anywhere. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

  private final TreeUsage usage = new TreeUsage(new AttemptId(7, 2), START);
  private final List<Long> told = new ArrayList<>();

  private static long at(double seconds) {
    return START + (long) (seconds * 1e9);
  }

  /** Half a core is used, and looked at each half second. */
  private void runs(double from, double upTo) {
    for (double now = from + 0.5; now <= upTo; now += 0.5) {
      usage.seen(at(now), 1000, (long) (now * 500_000));
      long second = (long) now;
      usage.due(at(now)).ifPresent(picture -> told.add(second));
    }
  }

  @Test
  void a_job_of_a_second_has_totals_but_no_picture() {
    usage.seen(at(0.02), 700, 3_000);
    usage.seen(at(0.52), 900, 4_000);
    assertThat(usage.last(at(0.9), NORMAL)).isEmpty();
    usage.seen(at(1.02), 600, 5_000);
    assertThat(usage.last(at(1.1), NORMAL)).isEmpty();
    assertThat(usage.peakBytes()).isEqualTo(900);
    assertThat(usage.cpuMicros(NORMAL)).isEqualTo(5_000);
  }

  @Test
  void the_end_is_told_with_what_was_counted_then() {
    usage.seen(at(0.5), 900, 500_000);
    usage.seen(at(1.0), 600, 1_000_000);

    Usage last = usage.last(at(2.0), new ExitStatus(0, 0, 1_500_000, true)).orElseThrow();

    assertThat(last.getJobId()).isEqualTo(7);
    assertThat(last.getEpoch()).isEqualTo(2);
    assertThat(last.getCpuPermilleList()).containsExactly(1000, 500);
    assertThat(last.getMemoryBytesList()).containsExactly(900L, 0L);
  }

  @Test
  void a_young_job_is_told_of_every_5_seconds_and_an_old_one_every_step_up_to_a_minute() {
    runs(0, 21);
    assertThat(told).containsExactly(5L, 10L, 15L, 20L);
    told.clear();
    runs(21, 3_000);
    assertThat(told.get(told.size() - 1) - told.get(told.size() - 2)).isBetween(32L, 33L);
    told.clear();
    runs(3_000, 20_000);
    assertThat(told.get(told.size() - 1) - told.get(told.size() - 2)).isBetween(60L, 61L);
  }

  @Test
  void nothing_is_told_twice_for_one_pause() {
    runs(0, 5);
    assertThat(told).containsExactly(5L);
    assertThat(usage.due(at(5.1))).isEmpty();
  }
}
