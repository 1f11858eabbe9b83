package io.hodei.cli.client;

import io.hodei.cli.ExitCode;
import io.hodei.cli.output.Json;

/** What the end of a job means for the exit code of {@code run}. */
public final class JobEnd {
  private JobEnd() {}

  /** The job's own code; 128 + signal; 6 when its time was up; 1 when there is no code. */
  public static int exitCode(Json job) {
    return switch (job.string("state")) {
      case "SUCCEEDED" -> ExitCode.OK;
      case "TIMED_OUT", "EXPIRED" -> ExitCode.TIMEOUT;
      default -> own(job);
    };
  }

  private static int own(Json job) {
    long signal = job.number("signal", 0);
    if (signal > 0 && signal < 128) {
      return 128 + (int) signal;
    }
    long code = job.number("exitCode", ExitCode.JOB_FAILED);
    return code > 0 && code < 256 ? (int) code : ExitCode.JOB_FAILED;
  }
}
