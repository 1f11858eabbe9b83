package io.hodei.logs;

import io.hodei.jobs.entity.AttemptKey;

/**
 * What an agent says it read from a process.
 *
 * @param chunks how many pieces it sent
 */
public record LogSummary(
    long jobId, int epoch, int chunks, StreamSummary stdout, StreamSummary stderr) {
  /**
   * One stream of it.
   *
   * @param length bytes that were kept
   * @param sha256 of these bytes; empty when there are none
   * @param dropped bytes left out because of the log limit
   */
  public record StreamSummary(long length, byte[] sha256, long dropped) {
    /** A stream on which nothing was written. */
    public static final StreamSummary NOTHING = new StreamSummary(0, new byte[0], 0);
  }

  AttemptKey attempt() {
    return new AttemptKey(jobId, epoch);
  }

  long bytes() {
    return stdout.length + stderr.length;
  }

  boolean isSilent() {
    return chunks == 0 && bytes() == 0 && stdout.dropped == 0 && stderr.dropped == 0;
  }
}
