package io.hodei.jobs.entity;

/**
 * A job as a run submits it.
 *
 * @param step the step of the run: its id, or {@code id[instance]}
 */
public record NewTask(long runId, String step, NewJob job) {}
