package io.hodei.cli.client;

import io.hodei.cli.output.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts log events in order: what was seen is not written again, a part that overlaps is cut, a hole
 * is reported. Events of one job may be repeated after a reconnect to another node.
 */
final class LogAssembly {
  private final LogSink sink;
  private final Map<String, Long> next = new HashMap<>();
  private long lastAttempt = -1;
  private long lastSequence = -1;

  LogAssembly(LogSink sink) {
    this.sink = sink;
  }

  void accept(Json event) {
    long attempt = event.number("attempt", 0);
    long sequence = event.number("sequence", 0);
    if (attempt < lastAttempt || (attempt == lastAttempt && sequence <= lastSequence)) {
      return;
    }
    lastAttempt = attempt;
    lastSequence = sequence;
    write(attempt, event.string("stream"), event.number("offset", -1), bytes(event));
  }

  private void write(long attempt, String stream, long offset, byte[] bytes) {
    String key = attempt + "/" + stream;
    long expected = next.getOrDefault(key, offset);
    if (offset < 0) {
      sink.write(attempt, stream, bytes);
      return;
    }
    if (offset > expected) {
      sink.missing(attempt, stream, offset - expected);
    }
    int known = (int) Math.min(bytes.length, Math.max(0, expected - offset));
    if (known < bytes.length) {
      sink.write(
          attempt, stream, known == 0 ? bytes : Arrays.copyOfRange(bytes, known, bytes.length));
    }
    next.put(key, Math.max(expected, offset + bytes.length));
  }

  private static byte[] bytes(Json event) {
    String base64 = event.string("base64");
    return base64.isEmpty()
        ? event.string("text").getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(base64);
  }
}
