package io.hodei.external.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A connection to one host that sends one request after the other (RFC 9112). Reads no more than
 * bounded amounts of whatever comes. Not safe for threads, except {@link #abort}.
 */
final class Connection implements Closeable {
  static final int MOST_BODY = 1 << 20;
  private static final int LONGEST_LINE = 16 << 10;
  private static final int MOST_HEADERS = 200;
  private static final int MOST_INTERIM = 10;

  private final Socket socket;
  private final InputStream in;
  private volatile boolean aborted;
  private boolean answered;
  private boolean reusable;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 8 << 10);
  }

  /** Ends what is going on, from any thread. */
  void abort() {
    aborted = true;
    close();
  }

  boolean isAborted() {
    return aborted;
  }

  /** Whether anything of the newest answer has come. */
  boolean hasAnswered() {
    return answered;
  }

  /** Whether another request may follow. */
  boolean isReusable() {
    return reusable && !aborted;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing more to lose.
    }
  }

  Answer exchange(Call call) throws IOException {
    answered = false;
    reusable = false;
    socket.getOutputStream().write(request(call));
    Head head = head();
    for (int i = 0; head.status < 200; i++) {
      if (i == MOST_INTERIM || head.status == 101) {
        throw new IOException("the answer is no answer to this request");
      }
      head = head();
    }
    return answer(call, head);
  }

  private static byte[] request(Call call) {
    String path = call.uri().getRawPath();
    StringBuilder head = new StringBuilder(512);
    head.append(call.method()).append(' ').append(path == null || path.isEmpty() ? "/" : path);
    if (call.uri().getRawQuery() != null) {
      head.append('?').append(call.uri().getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(call.uri().getHost());
    if (call.uri().getPort() >= 0) {
      head.append(':').append(call.uri().getPort());
    }
    head.append("\r\nAccept-Encoding: identity\r\n");
    call.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    byte[] body = call.body() == null ? new byte[0] : call.body();
    if (call.body() != null || !(call.method().equals("GET") || call.method().equals("HEAD"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length + 2);
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private record Head(int status, boolean keepsAlive, Map<String, String> headers) {}

  private Head head() throws IOException {
    String line = line();
    boolean known = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
    if (!known || line.length() < 12 || (line.length() > 12 && line.charAt(12) != ' ')) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    int status = number(line.substring(9, 12), 10);
    Map<String, String> headers = new LinkedHashMap<>();
    int count = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      if (colon < 1 || header.charAt(0) == ' ' || header.charAt(0) == '\t') {
        throw new IOException("the answer has a malformed header");
      }
      if (++count > MOST_HEADERS) {
        throw new IOException("the answer has more than %d headers".formatted(MOST_HEADERS));
      }
      headers.merge(
          header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip(),
          (before, more) -> before + ", " + more);
    }
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    return new Head(status, line.startsWith("HTTP/1.1") && !connection.contains("close"), headers);
  }

  private Answer answer(Call call, Head head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String coding = head.headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    String length = head.headers.get("content-length");
    long dropped = 0;
    boolean whole = true;
    if (call.method().equals("HEAD") || head.status == 204 || head.status == 304) {
      whole = true;
    } else if (!coding.isEmpty()) {
      if (!coding.equals("chunked")) {
        throw new IOException("the answer has the transfer coding " + coding);
      }
      whole = chunks(body);
      dropped = whole ? 0 : 1;
    } else if (length != null) {
      long bytes = length(length);
      copy(body, (int) Math.min(bytes, MOST_BODY));
      dropped = bytes - body.size();
      whole = dropped == 0;
    } else {
      dropped = untilClose(body) ? 0 : 1;
      whole = false;
    }
    reusable = whole && head.keepsAlive;
    return new Answer(head.status, head.headers, body.toByteArray(), dropped);
  }

  /** The same length twice is one length (RFC 9110, 8.6). */
  private static long length(String text) throws IOException {
    String[] all = text.split(",");
    long first = number(all[0].strip(), 10);
    for (String other : all) {
      if (number(other.strip(), 10) != first) {
        throw new IOException("the answer has two lengths");
      }
    }
    return first;
  }

  /** Answers whether all of it was read. */
  private boolean chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      String line = line();
      int end = line.indexOf(';');
      int size = number((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (size == 0) {
        for (int i = 0; !line().isEmpty(); i++) {
          if (i == MOST_HEADERS) {
            throw new IOException("the answer has too many trailers");
          }
        }
        return true;
      }
      int room = MOST_BODY - body.size();
      copy(body, Math.min(size, room));
      if (size > room) {
        return false;
      }
      if (!line().isEmpty()) {
        throw new IOException("the answer has a malformed chunk");
      }
    }
  }

  private void copy(ByteArrayOutputStream body, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the answer ended in the middle");
    }
    body.writeBytes(bytes);
  }

  /** Answers whether all of it was read. */
  private boolean untilClose(ByteArrayOutputStream body) throws IOException {
    body.writeBytes(in.readNBytes(MOST_BODY));
    return body.size() < MOST_BODY || in.read() < 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the connection was closed before the answer");
      }
      answered = true;
      if (c == '\n') {
        break;
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException(
            "the answer has a line of more than %d characters".formatted(LONGEST_LINE));
      }
      line.append((char) c);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private static int number(String text, int radix) throws IOException {
    if (text.isEmpty()
        || text.length() > 10
        || text.chars().anyMatch(c -> Character.digit(c, radix) < 0 || c > 'f')) {
      throw new IOException("the answer has a malformed number");
    }
    try {
      return Integer.parseInt(text, radix);
    } catch (NumberFormatException e) {
      throw new IOException("the answer has a number that is too large", e);
    }
  }
}
