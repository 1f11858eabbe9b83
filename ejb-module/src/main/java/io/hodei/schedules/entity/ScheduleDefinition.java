package io.hodei.schedules.entity;

import org.jspecify.annotations.Nullable;

/**
 * What a person says about a schedule.
 *
 * @param pauseAfterFailures pauses after so many failed jobs in a row; 0: never
 * @param tickVariable name of an environment variable of the job that gets the tick's time; null:
 *     none
 */
public record ScheduleDefinition(
    @Nullable String description,
    Timing timing,
    OverlapPolicy overlap,
    Misfire misfire,
    int pauseAfterFailures,
    @Nullable String tickVariable,
    Target target) {}
