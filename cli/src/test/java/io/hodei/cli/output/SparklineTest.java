package io.hodei.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void each_value_has_its_height() {
    assertThat(Sparkline.of(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0), 60))
        .isEqualTo("▁▁▂▃▄▅▆▇█");
  }

  @Test
  void nothing_is_a_flat_line() {
    assertThat(Sparkline.of(List.of(0.0, 0.0), 60)).isEqualTo("▁▁");
    assertThat(Sparkline.of(List.of(), 60)).isEmpty();
  }

  @Test
  void no_peak_is_lost_when_there_is_less_room_than_values() {
    List<Double> values = new ArrayList<>(java.util.Collections.nCopies(119, 1.0));
    values.add(77, 8.0);

    assertThat(Sparkline.of(values, 60)).hasSize(60).containsOnlyOnce("█").contains("▁█▁");
  }
}
