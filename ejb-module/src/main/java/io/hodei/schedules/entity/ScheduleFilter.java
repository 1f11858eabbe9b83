package io.hodei.schedules.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which schedules of a tenant are meant; all parts must hold.
 *
 * @param name exact, or a prefix followed by {@code *}
 * @param dueBefore next run before this time
 */
public record ScheduleFilter(
    @Nullable ScheduleState state, @Nullable String name, @Nullable Instant dueBefore) {}
