package io.hodei.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.cli.output.Json;
import org.junit.jupiter.api.Test;

class JobsResourcesCommandTest {
  @Test
  void a_picture_is_two_lines_with_what_was_most() {
    Json usage =
        Json.parse(
            """
            {"attempt": 2, "stepMillis": 2000, "coveredMillis": 125500, "cpuCores": [0, 0.5, 1, 2.004], "memoryBytes": [1024, 524288, 734003, 1048576],
             "peakMemoryBytes": 1153434, "cpuMicros": 7008000}
            """);

    assertThat(JobsResourcesCommand.picture(usage))
        .isEqualTo(
            """
            Attempt 2: 2 m 05 s measured, a point each 2.0 s
            CPU     ▁▂▄█  most 2.00 cores
            Memory  ▁▄▆█  most 1.0 MiB
            CPU time 7.01 s, peak memory 1.1 MiB
            """);
  }

  @Test
  void without_points_it_says_why() {
    Json usage =
        Json.parse(
            "{\"attempt\": 1, \"stepMillis\": 0, \"coveredMillis\": 0, \"cpuCores\": [], \"memoryBytes\": [], \"cpuMicros\": 3000, \"note\": \"Too \\u001b[31mshort.\"}");

    assertThat(JobsResourcesCommand.picture(usage))
        .isEqualTo("Attempt 1: Too \\x1b[31mshort.\nCPU time 0.00 s\n");
  }
}
