package io.hodei.jobs.entity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is submitted, already validated.
 *
 * @param requires labels an agent must have
 * @param availableAt when it becomes due; null: now
 */
public record NewJob(
    String name,
    JobSpec spec,
    String pool,
    Map<String, String> requires,
    Priority priority,
    Map<String, String> labels,
    @Nullable Instant availableAt) {}
