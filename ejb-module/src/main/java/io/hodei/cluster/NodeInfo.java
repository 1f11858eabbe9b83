package io.hodei.cluster;

import java.time.Instant;

/**
 * A live node.
 *
 * @param url where clients and agents reach it
 * @param gridAddress host:port of its grid member
 */
public record NodeInfo(
    int number, String name, String url, String gridAddress, String version, Instant startedAt) {}
