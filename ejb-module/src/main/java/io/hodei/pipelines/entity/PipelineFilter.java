package io.hodei.pipelines.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pipelines are meant; null and empty parts: any.
 *
 * @param name a name, or the beginning of one and {@code *}
 */
public record PipelineFilter(
    @Nullable String name, @Nullable String executor, List<LabelMatch> labels) {
  /** A label that is there; with a value that is null, whatever it says. */
  public record LabelMatch(String key, @Nullable String value) {}
}
