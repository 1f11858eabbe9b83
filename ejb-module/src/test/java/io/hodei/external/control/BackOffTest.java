package io.hodei.external.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,2", "7,7", "59,59", "60,60", "3000,60"})
  void it_waits_as_long_again_as_it_has_waited_up_to_a_minute(long putOff, long seconds) {
    assertThat(BackOff.of(Duration.ofSeconds(putOff), null, NOW, HOUR, 0))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                             | 5
          0                             | 1
          120                           | 120
          Sat, 21 Nov 2026 08:00:30 GMT | 30
          Sat, 21 Nov 2026 07:00:00 GMT | 1
          soon                          | 1
          -5                            | 1
          99999999999999999999          | 1
          7200                          | 3600
          """)
  void the_other_side_may_ask_for_longer_within_the_patience(String header, long seconds) {
    assertThat(BackOff.of(Duration.ZERO, header, NOW, HOUR, 0))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void those_who_wait_together_do_not_come_together() {
    assertThat(BackOff.of(Duration.ofSeconds(10), null, NOW, HOUR, 1))
        .isEqualTo(Duration.ofSeconds(12));
  }
}
