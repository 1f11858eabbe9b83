package io.hodei.dispatch.entity;

/**
 * Where the messages of one connected agent go; called by the connection. Never blocks and never
 * throws.
 */
public interface AgentInbox {
  /** Takes a message in; returns at once. */
  void receive(byte[] message);

  /** The connection is gone. */
  void closed();
}
