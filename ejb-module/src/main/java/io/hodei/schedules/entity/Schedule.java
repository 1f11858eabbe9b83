package io.hodei.schedules.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it was at one moment.
 *
 * @param nextTick the next moment meant; null when there is none now
 * @param nextRunAt when that one is due: the jitter later
 * @param lastTick the last one dealt with
 * @param reason why it is paused
 * @param failures failed jobs in a row
 * @param fired how many ticks became jobs
 * @param missed how many were given up, because no node was alive in time
 * @param version changes with every edit, not with a firing; the entity tag
 * @param createdBy the token in whose name its jobs are made
 */
public record Schedule(
    long id,
    long tenantId,
    String name,
    ScheduleDefinition definition,
    ScheduleState state,
    @Nullable Instant nextTick,
    @Nullable Instant nextRunAt,
    @Nullable Instant lastTick,
    @Nullable String reason,
    int failures,
    long fired,
    long missed,
    int version,
    Instant createdAt,
    long createdBy,
    Instant updatedAt) {}
