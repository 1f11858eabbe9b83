package io.hodei.jobs.entity;

/** Names an attempt. */
public record AttemptKey(long jobId, int epoch) {}
