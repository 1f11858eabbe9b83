package io.hodei.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReasonTest {
  @TempDir Path directory;

  @Test
  void the_innermost_cause_is_the_reason() throws IOException {
    Path log =
        log(
            "x SEVERE: Deployment failed\njava.lang.IllegalStateException: outer\n\tat a.B.c(B.java:1)\nCaused by: org.postgresql.util.PSQLException: FATAL: no such role\n\tat x.Y.z\n");

    assertThat(LogReason.find(log, 0)).contains("FATAL: no such role");
  }

  @Test
  void colours_and_the_head_of_the_line_are_left_out() throws IOException {
    Path log =
        log(
            "[2026-11-21T08:07:14.026+0000] [] [\u001B[1;91mSEVERE\u001B[0m] [] [core] [tid: 1] Port 8080 is in use\n");

    assertThat(LogReason.find(log, 0)).contains("Port 8080 is in use");
  }

  @Test
  void what_an_earlier_start_wrote_is_not_the_reason() throws IOException {
    Path log = log("ERROR: old\n");
    long before = LogReason.position(log);
    Files.writeString(log, "ERROR: old\nfine\n");

    assertThat(LogReason.find(log, before)).isEmpty();
  }

  @Test
  void options_for_a_newer_jdk_are_left_out() {
    List<String> lines = List.of("# comment", "-Xmx1g", "24+:--newer", "21+:--known", "");

    assertThat(JavaRuntime.options(lines, 21)).containsExactly("-Xmx1g", "--known");
  }

  private Path log(String text) throws IOException {
    return Files.writeString(directory.resolve("node.log"), text);
  }
}
