package io.hodei.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OracleTest {
  @Test
  void attempts_behind_each_other_are_fine() {
    Oracle oracle =
        Oracle.of(List.of("S A 1 5 10.00 ", "B A 1 5 10.50 ", "S A 2 9 10.50 ", "E A 2 9 12.00 7"));

    assertThat(oracle.overlaps()).isEmpty();
    assertThat(oracle.exit("A", 2)).hasValue(7);
    assertThat(oracle.exit("A", 1)).isEmpty();
    assertThat(oracle.attempts("A").keySet()).containsExactly(1, 2);
  }

  @Test
  void a_second_attempt_beside_the_first_is_found() {
    assertThat(
            Oracle.of(List.of("S A 1 5 10.00", "S A 2 9 10.20", "B A 1 5 10.50", "E A 2 9 11.00 0"))
                .overlaps())
        .singleElement()
        .asString()
        .contains("attempt 2");
  }

  @Test
  void a_first_attempt_that_comes_back_is_found() {
    assertThat(
            Oracle.of(List.of("S A 1 5 10.00", "S A 3 9 11.00", "E A 3 9 12.00 0", "B A 1 5 11.50"))
                .overlaps())
        .hasSize(1);
  }

  @Test
  void an_attempt_that_started_twice_is_found() {
    assertThat(Oracle.of(List.of("S A 1 5 10.00", "S A 1 6 11.00")).overlaps())
        .singleElement()
        .asString()
        .contains("started 2 times");
  }
}
