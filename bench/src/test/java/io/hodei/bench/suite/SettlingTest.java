package io.hodei.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingTest {
  @Test
  void rising_rates_have_not_settled() {
    assertThat(Settling.isSettled(List.of(100.0, 200.0, 300.0))).isFalse();
    assertThat(Settling.isSettled(List.of(100.0, 200.0, 201.0))).isFalse();
  }

  @Test
  void rates_settle_when_two_rounds_are_not_better_than_the_best_before() {
    assertThat(Settling.isSettled(List.of(100.0, 200.0, 204.0, 196.0))).isTrue();
  }

  @Test
  void two_rounds_say_nothing() {
    assertThat(Settling.isSettled(List.of(200.0, 200.0))).isFalse();
  }
}
