package io.hodei.dispatch.entity;

import io.hodei.protocol.hwp.ServerFrame;

/**
 * The way to a connected agent; implemented where the connection lives. Never blocks and never
 * throws.
 */
public interface AgentChannel {
  /** Sends in order; when the connection is gone or too slow, it is closed and nothing happens. */
  void send(ServerFrame frame);

  /** Ends the connection; the agent comes back, here or on another node. */
  void close(String reason);
}
