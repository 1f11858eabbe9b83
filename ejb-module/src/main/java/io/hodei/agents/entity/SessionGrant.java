package io.hodei.agents.entity;

/** The answer to an agent that wants a session. */
public sealed interface SessionGrant {
  /**
   * The session is the agent's, on this node.
   *
   * @param generation rises with each connection; an older connection of the session is over
   * @param resumed whether it is the one the agent had before
   */
  record Granted(long agentId, long sessionId, int generation, boolean resumed, boolean draining)
      implements SessionGrant {}

  /**
   * It gets none.
   *
   * @param retry whether asking again later can help
   */
  record Denied(String code, String reason, boolean retry) implements SessionGrant {}
}
