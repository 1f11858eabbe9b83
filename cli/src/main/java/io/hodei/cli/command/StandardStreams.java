package io.hodei.cli.command;

import io.hodei.cli.client.LogSink;
import java.util.Set;

/** A job's stdout to stdout, its stderr to stderr, byte by byte. */
final class StandardStreams implements LogSink {
  private final Set<String> chosen;

  /** {@code chosen}: the streams to show. */
  StandardStreams(Set<String> chosen) {
    this.chosen = chosen;
  }

  @Override
  public void write(long attempt, String stream, byte[] bytes) {
    if (!chosen.contains(stream)) {
      return;
    }
    if (stream.equals("stderr")) {
      Output.writeError(bytes);
    } else {
      Output.write(bytes);
    }
  }

  @Override
  public void missing(long attempt, String stream, long bytes) {
    Output.say(
        "hodei: %d bytes of %s are missing here (the log limit was reached)"
            .formatted(bytes, stream));
  }
}
