package io.hodei.jobs.entity;

/** Fired in the transaction that deletes a job, so that what belongs to it goes with it. */
public record JobDeleted(long tenantId, long jobId) {}
