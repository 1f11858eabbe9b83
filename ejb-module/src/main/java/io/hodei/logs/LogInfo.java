package io.hodei.logs;

import org.jspecify.annotations.Nullable;

/** The log of one attempt. */
public record LogInfo(int attempt, LogState state, Stream stdout, Stream stderr) {
  /**
   * One stream of it.
   *
   * @param sha256 of a complete stream with content
   * @param dropped bytes left out because of the log limit
   */
  public record Stream(long length, byte @Nullable [] sha256, long dropped) {
    static final Stream EMPTY = new Stream(0, null, 0);
  }

  /** The log of a job that has no attempt yet. */
  static LogInfo none(boolean jobEnded) {
    return new LogInfo(0, jobEnded ? LogState.COMPLETE : LogState.OPEN, Stream.EMPTY, Stream.EMPTY);
  }

  /** Bytes of one stream, or of both when it is null. */
  public long length(@Nullable LogStream stream) {
    if (stream == null) {
      return stdout.length + stderr.length;
    }
    return stream == LogStream.STDOUT ? stdout.length : stderr.length;
  }
}
