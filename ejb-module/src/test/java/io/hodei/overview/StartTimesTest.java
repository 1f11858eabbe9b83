package io.hodei.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StartTimesTest {
  /** The step that the statement computes. */
  private static int step(double millis) {
    return millis <= 1 ? 0 : (int) Math.min(63, Math.ceil(Math.log(millis) / Math.log(2) * 2));
  }

  @Test
  void a_percentile_is_right_within_a_sixth() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int jobs = 500 + random.nextInt(2_000);
      double scale = Math.pow(10, random.nextInt(6));
      double[] waited =
          random.doubles(jobs).map(part -> 2 + -Math.log(1 - part) * scale).sorted().toArray();
      StartTimes times = new StartTimes();
      for (double one : waited) {
        times.add(step(one), 1);
      }
      for (int percent : new int[] {50, 95}) {
        double truth = waited[Math.max(0, (jobs * percent + 99) / 100 - 1)];
        assertThat((double) times.percentile(percent).toNanos() / 1e6)
            .isBetween(truth * 5 / 6 - 1, truth * 7 / 6 + 1);
      }
    }
  }

  @Test
  void nobody_waited_when_none_began() {
    assertThat(new StartTimes().percentile(95)).isZero();
  }

  @Test
  void what_is_beyond_the_last_step_counts_there() {
    StartTimes times = new StartTimes();
    times.add(63, 1);
    assertThat(times.percentile(50).toDays()).isPositive();
    assertThat(times.count()).isEqualTo(1);
  }
}
