package io.hodei.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts one answer of HTTP/1.1 after another together from pieces of any size. Knows just what our
 * server sends: lengths and chunks. Looks at three headers and makes no text of the others: it runs
 * beside the server that it measures.
 */
final class AnswerParser {
  private static final byte[] LENGTH = name("content-length");
  private static final byte[] ENCODING = name("transfer-encoding");
  private static final byte[] CONNECTION = name("connection");

  private enum Next {
    STATUS,
    HEADER,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    END_OF_CHUNK,
    TRAILER,
    NOTHING
  }

  private Next next = Next.STATUS;
  private byte[] line = new byte[256];
  private int lineLength;
  private int status;
  private boolean chunked;
  private boolean closes;
  private byte[] body = new byte[0];
  private int filled;

  /** Of the body or chunk; -1 as long as no header has told. */
  private int missing = -1;

  /** Forgets the answer before. */
  void begin() {
    next = Next.STATUS;
    lineLength = 0;
    chunked = false;
    closes = false;
    body = new byte[0];
    filled = 0;
    missing = -1;
  }

  /** Takes what there is up to the end of the answer; whether that is reached. */
  boolean take(ByteBuffer from) throws IOException {
    while (from.hasRemaining() && next != Next.NOTHING) {
      if (next == Next.BODY || next == Next.CHUNK) {
        fill(from);
      } else if (readLine(from)) {
        line();
        lineLength = 0;
      }
    }
    if (from.hasRemaining()) {
      throw new IOException("more came than one answer");
    }
    return next == Next.NOTHING;
  }

  /** Nothing comes any more: the end of an answer that told no length, else half an answer. */
  void end() throws IOException {
    if (next == Next.STATUS) {
      throw new EOFException("the server closed the connection");
    }
    if (next != Next.BODY || missing >= 0) {
      throw new EOFException("the answer ended after %d bytes of its body".formatted(filled));
    }
    next = Next.NOTHING;
    closes = true;
  }

  /** The answer that is complete. */
  Answer answer() {
    return new Answer(status, filled == body.length ? body : Arrays.copyOf(body, filled));
  }

  /** Whether the connection is of no use after the answer. */
  boolean closes() {
    return closes;
  }

  private void fill(ByteBuffer from) {
    int count = missing < 0 ? from.remaining() : Math.min(missing, from.remaining());
    if (filled + count > body.length) {
      body = Arrays.copyOf(body, Math.max(filled + count, 2 * body.length));
    }
    from.get(body, filled, count);
    filled += count;
    if (missing > 0) {
      missing -= count;
      next = missing > 0 ? next : next == Next.CHUNK ? Next.END_OF_CHUNK : Next.NOTHING;
    }
  }

  private boolean readLine(ByteBuffer from) {
    while (from.hasRemaining()) {
      byte one = from.get();
      if (one == '\n') {
        return true;
      }
      if (one != '\r') {
        if (lineLength == line.length) {
          line = Arrays.copyOf(line, 2 * line.length);
        }
        line[lineLength++] = one;
      }
    }
    return false;
  }

  private void line() throws IOException {
    switch (next) {
      case STATUS -> {
        status = number(text("HTTP/1.1 ".length(), "HTTP/1.1 200".length()), 10);
        next = Next.HEADER;
      }
      case HEADER -> header();
      case CHUNK_SIZE -> chunk();
      case END_OF_CHUNK -> next = Next.CHUNK_SIZE;
      // Trailers say nothing that a benchmark needs.
      default -> next = lineLength == 0 ? Next.NOTHING : Next.TRAILER;
    }
  }

  private void header() throws IOException {
    if (lineLength == 0) {
      endOfHead();
    } else if (has(LENGTH)) {
      missing = number(value(LENGTH), 10);
    } else if (has(ENCODING)) {
      chunked = value(ENCODING).equalsIgnoreCase("chunked");
    } else if (has(CONNECTION)) {
      closes = value(CONNECTION).equalsIgnoreCase("close");
    }
  }

  private void endOfHead() {
    if (status == 204 || status == 304) {
      next = Next.NOTHING;
    } else if (chunked) {
      next = Next.CHUNK_SIZE;
    } else {
      body = new byte[Math.max(missing, 0)];
      next = missing == 0 ? Next.NOTHING : Next.BODY;
    }
  }

  private void chunk() throws IOException {
    String size = text(0, lineLength);
    int extension = size.indexOf(';');
    missing = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
    next = missing == 0 ? Next.TRAILER : Next.CHUNK;
  }

  private boolean has(byte[] name) {
    if (lineLength <= name.length || line[name.length] != ':') {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      // Makes small letters of great ones.
      if ((line[i] | 0x20) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private String value(byte[] name) {
    return text(name.length + 1, lineLength).strip();
  }

  private String text(int from, int to) {
    int end = Math.min(to, lineLength);
    return new String(
        line, Math.min(from, end), Math.max(0, end - from), StandardCharsets.US_ASCII);
  }

  private int number(String digits, int radix) throws IOException {
    try {
      return Math.toIntExact(Long.parseUnsignedLong(digits, radix));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IOException("this is no HTTP/1.1: " + text(0, lineLength), e);
    }
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
