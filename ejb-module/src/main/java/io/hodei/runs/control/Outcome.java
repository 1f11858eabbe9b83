package io.hodei.runs.control;

import io.hodei.jobs.entity.NewJob;
import io.hodei.json.Json;
import io.hodei.runs.entity.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a step that was READY. */
sealed interface Outcome {
  /** Its job is submitted. */
  record Submit(NewJob job) implements Outcome {}

  /**
   * A job made of a template is submitted.
   *
   * @param version null: the newest
   * @param name of the job
   */
  record Fill(String template, @Nullable Integer version, Map<String, Json> parameters, String name)
      implements Outcome {}

  /** A run of another pipeline begins. */
  record Call(String pipeline, @Nullable Integer version, Map<String, Json> parameters)
      implements Outcome {}

  /**
   * It waits without a job.
   *
   * @param limit after which time decides; null: never
   */
  record Hold(@Nullable Duration limit, boolean forEvent) implements Outcome {}

  /**
   * It runs as instances.
   *
   * @param items JSON text of what each is for
   * @param atOnce how many may begin
   */
  record Expand(List<String> items, int atOnce) implements Outcome {}

  /** It ends without having done anything. */
  record End(StepState state, @Nullable String reason, @Nullable String outputs)
      implements Outcome {
    static End failed(String reason) {
      return new End(StepState.FAILED, reason, null);
    }

    static End skipped(String reason) {
      return new End(StepState.SKIPPED, reason, null);
    }
  }
}
