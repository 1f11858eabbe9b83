package io.hodei.agent.spool;

import io.hodei.protocol.hwp.LogChunk;
import io.hodei.protocol.hwp.LogStream;

/** An attempt found on disk after a restart, with what was written of its output. */
public final class RecoveredAttempt {
  private final AttemptId id;
  private final StreamTally stdout = new StreamTally();
  private final StreamTally stderr = new StreamTally();
  private long chunks;
  private long finishedNumber;

  RecoveredAttempt(AttemptId id) {
    this.id = id;
  }

  public AttemptId id() {
    return id;
  }

  /** Number of its Finished frame; 0 when it had not ended. */
  public long finishedNumber() {
    return finishedNumber;
  }

  public long chunks() {
    return chunks;
  }

  public StreamTally stdout() {
    return stdout;
  }

  public StreamTally stderr() {
    return stderr;
  }

  void finished(long number) {
    finishedNumber = number;
  }

  void add(LogChunk chunk) {
    if (chunk.getSequence() < chunks) {
      return; // sent again because the server had asked
    }
    StreamTally tally = chunk.getStream() == LogStream.STDERR ? stderr : stdout;
    tally.recover(chunk.getOffset(), chunk.getData());
    chunks = chunk.getSequence() + 1;
  }
}
