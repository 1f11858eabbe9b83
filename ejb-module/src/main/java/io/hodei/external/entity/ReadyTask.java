package io.hodei.external.entity;

import org.jspecify.annotations.Nullable;

/** A job in the queue that the servers may claim. */
public record ReadyTask(long jobId, long tenantId, String tenant, @Nullable String pipeline) {}
