package io.hodei.cluster;

import java.time.Instant;

/**
 * A node as people see it.
 *
 * @param heartbeatAt when it was heard of last
 */
public record NodeView(
    int number,
    String name,
    String url,
    String version,
    Instant startedAt,
    Instant heartbeatAt,
    boolean alive) {}
