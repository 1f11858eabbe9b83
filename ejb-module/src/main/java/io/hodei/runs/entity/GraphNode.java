package io.hodei.runs.entity;

import io.hodei.pipelines.entity.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of a run in its graph. */
public record GraphNode(
    String id,
    Step.Phase phase,
    String kind,
    List<String> dependsOn,
    StepState state,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
