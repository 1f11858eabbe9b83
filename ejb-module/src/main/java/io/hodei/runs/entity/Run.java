package io.hodei.runs.entity;

import io.hodei.pipelines.entity.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as it was at one moment.
 *
 * @param pipeline name of its pipeline
 * @param version number of the version it is pinned to
 * @param number counts the runs of the pipeline, from 1
 * @param parameters JSON text of an object: every parameter that has a value
 * @param steps of all phases, without instances of matrix and map
 * @param ended how many of these have ended
 * @param failed whether a step failed that may not
 * @param parentStep the step of the parent run it is the work of: its id, or {@code id[instance]}
 * @param rerunOf the run whose results it took over
 * @param revision changes with every change; the entity tag
 */
public record Run(
    long id,
    long tenantId,
    long pipelineId,
    String pipeline,
    long versionId,
    int version,
    int number,
    RunState state,
    Step.Phase phase,
    String parameters,
    int steps,
    int ended,
    boolean failed,
    @Nullable Long parentRunId,
    @Nullable String parentStep,
    @Nullable Long rerunOf,
    Instant createdAt,
    String creator,
    @Nullable Instant startedAt,
    @Nullable Instant deadlineAt,
    @Nullable Instant completedAt,
    @Nullable String reason,
    int revision) {}
