package io.hodei.logs;

import java.time.Instant;

/**
 * A stored piece of output.
 *
 * @param offset of its first byte in its own stream
 */
public record LogChunk(
    int attempt, int sequence, LogStream stream, long offset, Instant readAt, byte[] data) {}
