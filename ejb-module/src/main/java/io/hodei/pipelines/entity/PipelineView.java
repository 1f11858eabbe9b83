package io.hodei.pipelines.entity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as lists show it.
 *
 * @param executor the default executor of its jobs
 * @param currentId id of the version that runs unless another is asked for
 * @param current number of that version
 * @param newest the highest number of a version; higher than {@code current} after going back
 * @param steps how many the current version has
 * @param version of the pipeline as a resource, for ETags
 */
public record PipelineView(
    long id,
    String name,
    @Nullable String description,
    Map<String, String> labels,
    String executor,
    long currentId,
    int current,
    int newest,
    int steps,
    int version,
    Instant createdAt,
    Instant updatedAt) {}
