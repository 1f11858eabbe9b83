package io.hodei.cache;

/**
 * What a cache has done since the start.
 *
 * @param localHits answered by this node's memory
 * @param sharedHits answered by the grid
 * @param misses answered by neither
 * @param loads values read from the database
 * @param rejected copies in the grid that were not what they claimed to be
 */
public record CacheCounters(
    String name,
    long entries,
    long localHits,
    long sharedHits,
    long misses,
    long loads,
    long rejected) {}
