package io.hodei.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.protocol.Hwp;
import io.hodei.protocol.hwp.Usage;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsageSeriesTest {
  private static final int CPUS = 4;
  private final UsageSeries series = new UsageSeries(CPUS);

  private Usage picture() {
    return series.picture().orElseThrow().build();
  }

  /** Microseconds of CPU that a picture tells of. */
  private static long micros(Usage usage) {
    long sum = 0;
    for (int point = 0; point < usage.getCpuPermilleCount(); point++) {
      long from = (long) point * usage.getStepMillis();
      long length = Math.min(usage.getStepMillis(), usage.getCoveredMillis() - from);
      sum += usage.getCpuPermille(point) * length;
    }
    return sum;
  }

  @Test
  void a_point_tells_the_cores_used_and_the_most_memory_of_its_second() {
    series.add(500, 250_000, 10);
    series.add(1000, 500_000, 30);
    series.add(1500, 1_500_000, 20);
    series.add(2000, 2_500_000, 25);

    assertThat(picture().getStepMillis()).isEqualTo(1000);
    assertThat(picture().getCoveredMillis()).isEqualTo(2000);
    assertThat(picture().getCpuPermilleList()).containsExactly(500, 2000);
    assertThat(picture().getMemoryBytesList()).containsExactly(30L, 25L);
  }

  @Test
  void less_than_two_points_are_no_picture() {
    assertThat(series.picture()).isEmpty();
    series.add(0, 0, 5);
    series.add(1000, 900_000, 5);
    assertThat(series.picture()).isEmpty();
    series.add(1400, 900_000, 5);
    assertThat(series.picture()).isEmpty();
    series.add(1500, 900_000, 5);
    assertThat(picture().getCpuPermilleList()).containsExactly(900, 0);
  }

  @Test
  void a_part_of_a_step_too_short_to_measure_is_not_shown() {
    series.add(2000, 0, 5);
    series.add(2001, 10_000, 500);

    assertThat(picture().getCoveredMillis()).isEqualTo(2000);
    assertThat(picture().getCpuPermilleList()).containsExactly(0, 0);
  }

  @Test
  void the_step_doubles_when_the_points_are_full_and_sums_and_peak_stay() {
    Random random = new Random(1);
    long cpu = 0;
    for (int at = 500; at <= 1_000_000; at += 500) {
      cpu += random.nextInt(4_000) * 500L;
      series.add(at, cpu, at == 333_500 ? 9_000 : 1_000 + random.nextInt(1_000));
      if (at == 120_000) {
        assertThat(series.stepMillis()).isEqualTo(1_000);
      } else if (at == 120_500) {
        assertThat(series.stepMillis()).isEqualTo(2_000);
        assertThat(picture().getCpuPermilleCount()).isEqualTo(61);
      }
    }

    Usage usage = picture();
    assertThat(usage.getStepMillis()).isEqualTo(16_000);
    assertThat(usage.getCoveredMillis()).isEqualTo(1_000_000);
    assertThat(usage.getCpuPermilleCount()).isEqualTo(63);
    assertThat(usage.getMemoryBytesCount()).isEqualTo(63);
    // Each point is rounded down to a thousandth of a core.
    assertThat(micros(usage)).isBetween(cpu - 1_000_000, cpu);
    assertThat(Collections.max(usage.getMemoryBytesList())).isEqualTo(9_000);
    assertThat(usage.getMemoryBytes(333_500 / 16_000)).isEqualTo(9_000);
  }

  @Test
  void what_nobody_looked_at_is_spread_evenly() {
    series.add(1_000, 1_000_000, 100);
    series.add(11_000, 6_000_000, 300);

    assertThat(picture().getCpuPermilleList())
        .containsExactly(1000, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500);
    assertThat(picture().getMemoryBytes(0)).isEqualTo(100);
    assertThat(picture().getMemoryBytesList().subList(1, 11)).containsOnly(300L);
  }

  @Test
  void a_clock_or_a_counter_that_goes_back_takes_nothing_away() {
    series.add(3_000, 3_000_000, 100);
    series.add(1_000, 2_000_000, 50);
    series.add(3_000, 3_000_000, 400);
    series.add(4_000, 3_500_000, 100);

    assertThat(picture().getCpuPermilleList()).containsExactly(1000, 1000, 1000, 500);
    assertThat(picture().getMemoryBytesList()).containsExactly(100L, 100L, 400L, 100L);
  }

  @Test
  void time_that_was_counted_late_does_not_show_as_more_cores_than_there_are() {
    series.add(10_000, 0, 100);
    series.add(11_000, 90_000_000, 100);

    assertThat(picture().getCpuPermille(10)).isEqualTo(CPUS * 1000);
  }

  @Test
  void no_time_and_no_number_is_too_large() {
    series.add(1_000, 1_000, 1);
    series.add(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    series.add(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    Usage usage = picture();
    assertThat(usage.getCpuPermilleCount()).isEqualTo(Hwp.USAGE_POINTS);
    assertThat(usage.getStepMillis()).isPositive();
    assertThat(usage.getCoveredMillis()).isEqualTo((long) usage.getStepMillis() * 120);
    assertThat(usage.getCpuPermilleList()).allMatch(permille -> permille >= 0);
  }
}
