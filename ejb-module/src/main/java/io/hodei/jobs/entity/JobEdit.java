package io.hodei.jobs.entity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change of a job that has not started; null parts stay as they are. */
public record JobEdit(
    @Nullable String name,
    @Nullable Priority priority,
    @Nullable Map<String, String> labels,
    @Nullable Instant availableAt,
    @Nullable Timeouts timeouts,
    @Nullable RetryPolicy retry,
    @Nullable String pool) {}
