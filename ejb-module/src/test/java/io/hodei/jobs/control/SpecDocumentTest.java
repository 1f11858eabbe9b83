package io.hodei.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.Priority;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.RetryPolicy.Backoff;
import io.hodei.jobs.entity.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecDocumentTest {
  @Test
  void what_is_written_reads_back_the_same() {
    JobSpec spec = spec(Map.of("A", "1", "B", "two\nlines"));
    assertThat(SpecDocument.read(SpecDocument.write(spec)))
        .usingRecursiveComparison()
        .isEqualTo(spec);
  }

  @Test
  void equal_specs_have_equal_bytes_whatever_the_order_of_their_environment() {
    Map<String, String> forth = new LinkedHashMap<>();
    forth.put("A", "1");
    forth.put("B", "2");
    Map<String, String> back = new LinkedHashMap<>();
    back.put("B", "2");
    back.put("A", "1");
    assertThat(SpecDocument.write(spec(forth))).isEqualTo(SpecDocument.write(spec(back)));
  }

  @Test
  void a_job_survives_the_way_through_the_grid() {
    Instant now = Instant.parse("2026-11-21T08:00:00.123456Z");
    Job job =
        new Job(
            7,
            8,
            "näme",
            JobState.FAILED,
            "default",
            Map.of("os", "linux"),
            new Priority(Priority.Lane.HIGH, 9),
            Map.of(),
            spec(Map.of()),
            3,
            2,
            1,
            11,
            now,
            now,
            now,
            null,
            now,
            null,
            5L,
            null,
            137,
            null,
            "why",
            "{\"a\":1}",
            null,
            99L,
            123L,
            "build[2]");
    assertThat(JobCodec.read(JobCodec.write(job))).usingRecursiveComparison().isEqualTo(job);
  }

  private static JobSpec spec(Map<String, String> environment) {
    return new JobSpec(
        "process",
        List.of("echo", "-n", "a b"),
        null,
        environment,
        new byte[] {0, 1, (byte) 0xff},
        "/tmp",
        null,
        Duration.ofMillis(1500),
        new Timeouts(Duration.ofSeconds(1), null, Duration.ofHours(1)),
        new RetryPolicy(
            3, Backoff.LINEAR, Duration.ofMillis(250), Duration.ofMinutes(2), 0.25, List.of(1, 75)),
        1 << 20);
  }
}
