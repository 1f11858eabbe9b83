package io.hodei.agent.link;

/** A node refused this agent; trying again without a change is useless. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
