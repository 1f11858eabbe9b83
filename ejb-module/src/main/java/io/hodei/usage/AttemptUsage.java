package io.hodei.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt used, as far as it is known.
 *
 * @param attempt 0 when the job has none yet
 * @param since when it started, by the database's clock
 * @param stepMillis what each point covers; 0 without points
 * @param coveredMillis what all of them cover; the last one may cover less than a step
 * @param cpuPermille thousandths of a core per step; empty without points
 * @param memoryBytes the most in each step; as many
 * @param cpuMicros of the whole attempt, up to now while it runs
 * @param note why there are no points; null when there are
 */
public record AttemptUsage(
    int attempt,
    @Nullable Instant since,
    int stepMillis,
    long coveredMillis,
    int[] cpuPermille,
    long[] memoryBytes,
    @Nullable Long peakMemoryBytes,
    @Nullable Long cpuMicros,
    @Nullable String note) {}
