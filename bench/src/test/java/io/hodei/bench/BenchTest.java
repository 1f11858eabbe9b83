package io.hodei.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.bench.suite.Suites;
import org.junit.jupiter.api.Test;

class BenchTest {
  @Test
  void the_help_lists_every_suite() {
    String help = Bench.commandLine().getUsageMessage();

    assertThat(Suites.ALL)
        .allSatisfy(suite -> assertThat(help).containsPattern("(?m)^ +" + suite.name() + " +\\w"));
  }
}
