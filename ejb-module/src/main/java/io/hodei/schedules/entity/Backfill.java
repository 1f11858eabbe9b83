package io.hodei.schedules.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a past time, fired afterwards.
 *
 * @param from the first moment of the range
 * @param to behind its last one
 * @param cursor ticks before it were dealt with
 * @param concurrency at most so many of its jobs at a time
 * @param reprocess whether ticks that fired before fire again
 * @param total ticks of the range
 * @param skipped ticks that had fired before
 */
public record Backfill(
    long id,
    long scheduleId,
    String schedule,
    String state,
    Instant from,
    Instant to,
    Instant cursor,
    int concurrency,
    boolean continueOnFailure,
    boolean reprocess,
    int total,
    int started,
    int skipped,
    int succeeded,
    int failed,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt) {}
