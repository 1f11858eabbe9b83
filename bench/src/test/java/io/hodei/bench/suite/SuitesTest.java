package io.hodei.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuitesTest {
  @Test
  void no_name_means_all_but_the_long_one() {
    assertThat(Suites.named(List.of()))
        .hasSize(Suites.ALL.size() - 1)
        .noneMatch(suite -> suite.name().equals("users"));
  }

  @Test
  void an_unknown_name_is_refused_with_those_that_there_are() {
    assertThatThrownBy(() -> Suites.named(List.of("engine", "nonsense")))
        .hasMessageContainingAll("nonsense", "engine", "latency", "logs");
  }

  @Test
  void suites_run_in_their_order_whatever_the_order_of_their_names() {
    assertThat(Suites.named(List.of("logs", "engine")).stream().map(Suite::name))
        .containsExactly("engine", "logs");
  }
}
