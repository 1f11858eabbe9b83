package io.hodei.jobs.entity;

/**
 * A job that a session holds, with what its agent needs to execute it.
 *
 * @param epoch the fencing token of this attempt
 */
public record LeasedJob(
    long id,
    long tenantId,
    int epoch,
    long sessionId,
    String name,
    JobSpec spec,
    long demandId,
    int level,
    int failures,
    JobState state,
    boolean cancelRequested) {}
