package io.hodei.pipelines.entity;

import java.time.Instant;

/**
 * What was written once and never changes.
 *
 * @param canonical JSON in its one form; empty in lists
 * @param source as it was sent; empty in lists
 * @param digest SHA-256 of {@code canonical} in hexadecimal
 */
public record PipelineVersion(
    long id,
    long pipelineId,
    String pipeline,
    int number,
    String digest,
    String canonical,
    String source,
    SourceType sourceType,
    int steps,
    boolean current,
    Instant createdAt,
    String createdBy) {
  /** How the source is written. */
  public enum SourceType {
    YAML,
    JSON
  }
}
