package io.hodei.runs.entity;

import io.hodei.pipelines.entity.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run, or an instance of one.
 *
 * @param step its position in the version
 * @param instance 0 for the step itself, from 1 for instances of a matrix or map
 * @param kind JOB, TEMPLATE, PIPELINE, APPROVAL, TIMER, SIGNAL or EVENT
 * @param item JSON text: what an instance is for
 * @param keptFrom the run whose result was taken over
 * @param outputs JSON text
 * @param dueAt when time decides about what is HELD
 */
public record RunStep(
    int step,
    int instance,
    String name,
    Step.Phase phase,
    String kind,
    StepState state,
    boolean allowFailure,
    @Nullable String item,
    @Nullable Long jobId,
    @Nullable Long childRunId,
    @Nullable Long keptFrom,
    @Nullable String outputs,
    @Nullable Instant dueAt,
    @Nullable String reason,
    @Nullable Instant readyAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  /** How people name it: the step's id, or {@code id[instance]}. */
  public static String title(String name, int instance) {
    return instance == 0 ? name : name + "[" + instance + "]";
  }

  public String title() {
    return title(name, instance);
  }
}
