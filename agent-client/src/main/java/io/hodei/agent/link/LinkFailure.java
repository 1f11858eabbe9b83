package io.hodei.agent.link;

/** The connection to a node cannot be used (any more); another one may be tried. */
final class LinkFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean leaving;

  LinkFailure(String message) {
    this(message, false);
  }

  private LinkFailure(String message, boolean leaving) {
    super(message);
    this.leaving = leaving;
  }

  /** The node asked the agent to go. */
  static LinkFailure moving(String reason) {
    return new LinkFailure("the node shuts down: " + reason, true);
  }

  boolean leaving() {
    return leaving;
  }
}
