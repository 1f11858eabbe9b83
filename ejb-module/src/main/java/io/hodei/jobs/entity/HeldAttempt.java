package io.hodei.jobs.entity;

/** An attempt that a session holds. */
public record HeldAttempt(long sessionId, long jobId, int epoch, JobState state) {}
