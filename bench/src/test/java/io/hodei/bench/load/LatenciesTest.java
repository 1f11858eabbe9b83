package io.hodei.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentiles_are_the_nearest_rank_whatever_the_order() {
    long[] millis = LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray();
    Latencies latencies = Latencies.of(millis);

    assertThat(latencies.millis(0.50)).isEqualTo(100);
    assertThat(latencies.millis(0.95)).isEqualTo(190);
    assertThat(latencies.millis(0.99)).isEqualTo(198);
    assertThat(latencies.millis(1)).isEqualTo(200);
  }

  @Test
  void nothing_measured_is_no_number() {
    assertThat(Latencies.of(new long[0]).millis(0.5)).isNaN();
  }
}
