package io.hodei.schedules.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tick.
 *
 * @param backfillId 0: none
 * @param tick the moment meant
 * @param state STARTED, BUFFERED, SKIPPED, REFUSED, or the state in which its job or run ended
 */
public record Firing(
    long id,
    long scheduleId,
    long backfillId,
    Instant tick,
    String kind,
    String state,
    @Nullable Long jobId,
    @Nullable Long runId,
    @Nullable String reason,
    Instant firedAt,
    @Nullable Instant endedAt) {
  public static final String STARTED = "STARTED";
  public static final String BUFFERED = "BUFFERED";
  public static final String SKIPPED = "SKIPPED";
  public static final String REFUSED = "REFUSED";
}
