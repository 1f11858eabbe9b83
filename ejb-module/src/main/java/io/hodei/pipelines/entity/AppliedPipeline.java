package io.hodei.pipelines.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document that was applied, or would become of it.
 *
 * @param outcome what happened
 * @param pipeline as it is now; null when it was only planned to create it
 * @param number of the version with the content of the document
 * @param changes against the version that was the current one before
 */
public record AppliedPipeline(
    Outcome outcome, @Nullable PipelineView pipeline, int number, List<PipelineChange> changes) {
  /** Whether something changed. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }
}
