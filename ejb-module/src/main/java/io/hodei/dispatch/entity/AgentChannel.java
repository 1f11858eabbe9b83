package io.hodei.dispatch.entity;

import io.hodei.protocol.hwp.ServerFrame;
import java.time.Duration;

/**
 * The way to a connected agent; implemented where the connection lives. Never blocks and never
 * throws.
 */
public interface AgentChannel {
  /** Sends in order; when the connection is gone or too slow, it is closed and nothing happens. */
  void send(ServerFrame frame);

  /** How long the frame that is being sent has been under way; zero when none is. */
  Duration stalled();

  /** Ends the connection; the agent comes back, here or on another node. */
  void close(String reason);
}
