package io.hodei.logs;

/**
 * Where a follower stands, for asking whether there is something new.
 *
 * @param version of the job when the follower looked last
 */
public record LogPoint(long jobId, LogCursor cursor, int version) {}
