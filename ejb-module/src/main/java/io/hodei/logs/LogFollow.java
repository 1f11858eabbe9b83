package io.hodei.logs;

import io.hodei.jobs.entity.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a follower gets: the job's state, and the chunks of one attempt behind its cursor.
 *
 * @param epoch number of the job's newest attempt
 * @param attemptEnded whether no chunk can come behind the last one, once {@code more} is false
 * @param more whether there are chunks behind these
 */
public record LogFollow(
    JobState state,
    int epoch,
    int version,
    @Nullable Integer exitCode,
    @Nullable Integer signal,
    @Nullable String reason,
    List<LogChunk> chunks,
    boolean attemptEnded,
    boolean more) {}
