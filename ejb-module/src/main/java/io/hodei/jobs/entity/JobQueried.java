package io.hodei.jobs.entity;

/** Fired for each query for jobs that went to the database. */
public record JobQueried() {}
