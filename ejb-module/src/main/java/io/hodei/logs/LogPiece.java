package io.hodei.logs;

import io.hodei.jobs.entity.AttemptKey;

/**
 * A piece of output as an agent sends it.
 *
 * @param sessionId the session it came in
 * @param sequence 0, 1, 2, ... over both streams
 * @param offset of its first byte in its own stream
 * @param data 1 byte to 256 KiB
 * @param readAtMicros clock of the agent, Unix epoch
 */
public record LogPiece(
    long jobId,
    int epoch,
    long sessionId,
    int sequence,
    LogStream stream,
    long offset,
    byte[] data,
    long readAtMicros) {
  static final int MOST_BYTES = 256 * 1024;

  /** Whether the database would take it. */
  boolean isWellFormed() {
    return data.length > 0 && data.length <= MOST_BYTES && sequence >= 0 && offset >= 0;
  }

  /** How many lines end in it. */
  int lines() {
    return LogScan.newlines(data, 0, data.length);
  }

  AttemptKey attempt() {
    return new AttemptKey(jobId, epoch);
  }
}
