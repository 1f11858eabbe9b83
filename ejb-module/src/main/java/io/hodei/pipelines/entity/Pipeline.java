package io.hodei.pipelines.entity;

import io.hodei.parameters.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as its author wrote it, checked: ids are unique, every dependency exists, nothing
 * depends on itself, and expressions have the right types.
 *
 * @param steps all steps, of every phase, in the order of the document
 * @param timeout a run that takes longer is cancelled; null: no limit
 */
public record Pipeline(
    String name,
    @Nullable String description,
    Map<String, String> labels,
    List<Parameter> parameters,
    FailurePolicy failurePolicy,
    Concurrency concurrency,
    @Nullable Duration timeout,
    List<Step> steps) {

  /** What becomes of the other branches when a step fails. */
  public enum FailurePolicy {
    /** What has not begun is skipped; what runs ends. */
    STOP,
    /** Only what depends on the failed step is skipped. */
    CONTINUE
  }

  /**
   * How many runs of the pipeline may be active.
   *
   * @param limit 0: any number
   */
  public record Concurrency(int limit, WhenFull whenFull) {
    public static final Concurrency UNLIMITED = new Concurrency(0, WhenFull.QUEUE);
  }

  /** What becomes of a run that would be one too many. */
  public enum WhenFull {
    QUEUE,
    REJECT,
    CANCEL_OLDEST
  }
}
