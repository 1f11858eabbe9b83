package io.hodei.cli.client;

/** Takes a job's output as it arrives. */
public interface LogSink {
  /** The next bytes of one stream of one attempt. */
  void write(long attempt, String stream, byte[] bytes);

  /** Bytes that the server no longer has. */
  default void missing(long attempt, String stream, long bytes) {}
}
