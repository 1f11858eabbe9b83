/**
 * The WebSocket to a node: connecting, switching nodes, heartbeats, the lease, numbering and
 * acknowledgement. The lease is measured on the monotonic clock, from the moment a heartbeat left.
 */
@NullMarked
package io.hodei.agent.link;

import org.jspecify.annotations.NullMarked;
