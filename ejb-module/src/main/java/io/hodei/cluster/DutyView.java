package io.hodei.cluster;

import java.time.Instant;

/**
 * What one node does for all.
 *
 * @param node number of the node that did it last
 * @param nodeName empty when that node is gone
 * @param held whether its term goes on
 */
public record DutyView(
    String name, int node, String nodeName, long term, Instant until, boolean held) {}
