package io.hodei.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortClaimsTest {
  @Test
  void two_launchers_at_once_do_not_choose_the_same_port(@TempDir Path directory) {
    try (PortClaims other = new PortClaims(directory)) {
      try (PortClaims one = new PortClaims(directory)) {
        assertThat(one.take(8080)).isTrue();
        assertThat(other.take(8080)).isFalse();
        assertThat(other.take(8081)).isTrue();
      }
      assertThat(other.take(8080)).isTrue();
    }
  }
}
