package io.hodei.logs;

/** One attempt of a job. */
public record AttemptKey(long jobId, int epoch) {}
