package io.hodei.external.entity;

import io.hodei.jobs.entity.EndReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one call for a task. */
public sealed interface Outcome {
  /** Its call goes on, so the job runs; the task stays where it is. */
  record Begun() implements Outcome {}

  /**
   * It runs and is looked at again.
   *
   * @param executionName null: as it was
   * @param cancelTarget null: as it was
   */
  record Running(@Nullable String executionName, @Nullable String cancelTarget, Duration nextLook)
      implements Outcome {}

  /**
   * The other side takes no call now; costs no attempt.
   *
   * @param why for people: who said what
   */
  record PutOff(Duration delay, String why) implements Outcome {}

  /**
   * It has ended.
   *
   * @param exitCode valid for EXITED
   * @param reason empty when there is nothing to say
   * @param output becomes the standard output
   * @param dropped bytes that are not part of it
   * @param account becomes the standard error: which call ended it
   * @param result JSON, or empty
   */
  record Ended(
      EndReport.Outcome kind,
      int exitCode,
      String reason,
      byte[] output,
      long dropped,
      String account,
      String result)
      implements Outcome {
    public boolean succeeded() {
      return kind == EndReport.Outcome.EXITED && exitCode == 0;
    }
  }

  /** Ended without output. */
  static Ended ended(EndReport.Outcome kind, String reason) {
    return new Ended(kind, 1, reason, new byte[0], 0, "", "");
  }

  /** It could not be executed. */
  static Ended failed(String reason) {
    return ended(EndReport.Outcome.LAUNCH_FAILED, reason);
  }
}
