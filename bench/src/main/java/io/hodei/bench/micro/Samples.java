package io.hodei.bench.micro;

import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobSpec;
import io.hodei.jobs.entity.JobState;
import io.hodei.jobs.entity.Priority;
import io.hodei.jobs.entity.RetryPolicy;
import io.hodei.jobs.entity.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A usual job: a command with a few arguments, two variables, two labels; it has succeeded. */
public final class Samples {
  private static final Instant BEGAN = Instant.parse("2026-11-21T08:00:00.123456Z");

  private Samples() {}

  /** A spec of its own. */
  public static JobSpec spec() {
    return new JobSpec(
        "process",
        List.of("/usr/bin/convert", "--quality", "90", "in.png", "out.jpg"),
        null,
        Map.of("LANG", "C.UTF-8", "REGION", "eu-central-1"),
        new byte[0],
        null,
        null,
        Duration.ofSeconds(10),
        Timeouts.NONE,
        RetryPolicy.NONE,
        1L << 20);
  }

  /** A job with texts and times of its own and the given spec. */
  public static Job job(long id, JobSpec spec) {
    return new Job(
        id,
        1,
        "convert-image-" + id,
        JobState.SUCCEEDED,
        new String("default".toCharArray()),
        Map.of(),
        Priority.NORMAL,
        Map.of("team", "media", "source", "upload"),
        spec,
        1,
        0,
        0,
        3,
        BEGAN.plusMillis(id),
        BEGAN.plusMillis(id),
        BEGAN.plusMillis(id),
        BEGAN.plusMillis(id + 2),
        BEGAN.plusMillis(id + 40),
        null,
        7L,
        new String("agent-1".toCharArray()),
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
