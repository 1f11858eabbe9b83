package io.hodei.pipelines.entity;

import java.util.List;

/**
 * One difference between two versions.
 *
 * @param place for example {@code timeout}, {@code parameters/count} or {@code steps/build}
 * @param lines of both as YAML: each begins with {@code +}, {@code -} or a space
 */
public record PipelineChange(Kind kind, String place, List<String> lines) {
  /** What became of it. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    /** The same steps or parameters in another order. */
    REORDERED
  }
}
