package io.hodei.agent.spool;

import java.util.Optional;

/** What a record of the journal holds. */
enum RecordType {
  /** A numbered ClientFrame, exactly as it is sent. */
  FRAME(1),
  /** Session, counters and open attempts: the first record of each segment. */
  CHECKPOINT(2),
  /** An attempt was accepted. */
  HELD(3),
  /** Everything up to this number was acknowledged. */
  ACKED(4),
  /** An attempt is no longer this agent's. */
  CLOSED(5);

  private final byte code;

  RecordType(int code) {
    this.code = (byte) code;
  }

  /** Its name in the file. */
  byte code() {
    return code;
  }

  static Optional<RecordType> at(byte code) {
    return switch (code) {
      case 1 -> Optional.of(FRAME);
      case 2 -> Optional.of(CHECKPOINT);
      case 3 -> Optional.of(HELD);
      case 4 -> Optional.of(ACKED);
      case 5 -> Optional.of(CLOSED);
      default -> Optional.empty();
    };
  }
}
