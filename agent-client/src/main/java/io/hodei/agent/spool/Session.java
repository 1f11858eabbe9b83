package io.hodei.agent.spool;

import com.google.protobuf.ByteString;

/**
 * The agent's lease with the cluster, as the server gave it out.
 *
 * @param id 0 when the agent has none yet
 * @param secret proves ownership; never shown
 */
public record Session(long id, ByteString secret) {
  public static final Session NONE = new Session(0, ByteString.EMPTY);

  @Override
  public String toString() {
    return "Session[" + id + "]";
  }
}
