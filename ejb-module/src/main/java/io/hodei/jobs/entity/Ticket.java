package io.hodei.jobs.entity;

/**
 * A hint that a job is ready. May be lost, repeated or forged: the claim checks everything again.
 *
 * @param level the code of its priority, 0..29
 */
public record Ticket(long jobId, long demandId, int level) {}
