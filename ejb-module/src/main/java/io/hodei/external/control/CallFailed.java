package io.hodei.external.control;

/** There is no answer. The message names the host and why, and never what was sent. */
final class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is known of the other side. */
  enum Kind {
    /** It may not be called; nothing was sent. */
    REFUSED,
    /** It could not be reached; nothing was sent. */
    NOT_SENT,
    /** Whether it can be reached was not found out in time; nothing was sent. */
    UNDECIDED,
    /** The connection broke after something was sent: it may have done it. */
    BROKEN,
    /** It gave no answer in time, and may have done it. */
    TIMEOUT
  }

  private final Kind kind;

  CallFailed(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
