package io.hodei.cache;

import java.time.Duration;

/**
 * How much a cache may hold on one node.
 *
 * @param entries 0 keeps nothing
 * @param ttl how long a settled entry lives
 */
public record CacheBounds(int entries, Duration ttl) {}
