package io.hodei.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.RetryPolicy.Backoff;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
  @Test
  void fixed_stays_linear_adds_exponential_doubles() {
    assertThat(delay(Backoff.FIXED, 4, 0, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(delay(Backoff.LINEAR, 4, 0, 0)).isEqualTo(Duration.ofSeconds(8));
    assertThat(delay(Backoff.EXPONENTIAL, 4, 0, 0)).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void nothing_grows_beyond_the_cap() {
    assertThat(delay(Backoff.EXPONENTIAL, 1_000, 0, 0)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void jitter_takes_away_its_part_at_most() {
    assertThat(delay(Backoff.FIXED, 1, 0.5, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(delay(Backoff.FIXED, 1, 0.5, 0)).isEqualTo(Duration.ofSeconds(2));
  }

  private static Duration delay(Backoff backoff, int failures, double jitter, double random) {
    RetryPolicy policy =
        new RetryPolicy(
            9, backoff, Duration.ofSeconds(2), Duration.ofSeconds(60), jitter, List.of());
    return RetryDelay.of(policy, failures, random);
  }
}
