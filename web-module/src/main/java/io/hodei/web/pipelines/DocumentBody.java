package io.hodei.web.pipelines;

import io.hodei.pipelines.entity.PipelineVersion.SourceType;

/** The body of a request that holds a document, as it came. */
public record DocumentBody(byte[] bytes, SourceType type) {}
