package io.hodei.runs.entity;

/**
 * Names a step of a run, or an instance of one.
 *
 * @param instance 0 for the step itself
 */
public record StepKey(int step, int instance) {}
