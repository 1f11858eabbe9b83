package io.hodei.pipelines.entity;

/**
 * A document that was checked and is right.
 *
 * @param canonical JSON in its one form
 * @param source as it was sent
 * @param executor the default executor of its jobs
 */
public record PipelineDocument(
    Pipeline pipeline,
    String canonical,
    String source,
    PipelineVersion.SourceType sourceType,
    String executor) {}
