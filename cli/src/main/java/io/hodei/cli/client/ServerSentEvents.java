package io.hodei.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a {@code text/event-stream} (WHATWG HTML, 9.2.6). An event that the stream breaks off in
 * the middle of is not delivered.
 */
public final class ServerSentEvents implements AutoCloseable {
  private final BufferedReader reader;
  private String lastId;

  /** {@code lastId}: that of the last event before this stream, or the empty text. */
  public ServerSentEvents(InputStream stream, String lastId) {
    this.reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /** One event; {@code id} is the last one that was set, by this event or one before it. */
  public record Event(String id, String type, String data) {}

  /** The next event with data, or empty at the end of the stream. */
  public Optional<Event> next() throws IOException {
    String type = "message";
    StringBuilder data = new StringBuilder();
    String id = lastId;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        lastId = id;
        if (!data.isEmpty()) {
          data.setLength(data.length() - 1);
          return Optional.of(new Event(id, type, data.toString()));
        }
        type = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : value(line, colon);
      switch (field) {
        case "data" -> data.append(value).append('\n');
        case "event" -> type = value;
        case "id" -> id = value.indexOf('\0') >= 0 ? id : value;
        default -> {
          // A comment (the heartbeat) or a field that is not for us.
        }
      }
    }
    return Optional.empty();
  }

  private static String value(String line, int colon) {
    boolean space = line.length() > colon + 1 && line.charAt(colon + 1) == ' ';
    return line.substring(colon + (space ? 2 : 1));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
