package io.hodei.json;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a long list of JSON values one by one from a stream: the lines of NDJSON, or the items of
 * one array. Keeps one value in memory; bounds the length of each and of all together.
 */
public final class JsonElements {
  /** Most bytes of one value. */
  public static final int MAX_ELEMENT = 1 << 20;

  /** Most bytes of the whole list. */
  public static final long MAX_TOTAL = 64L << 20;

  private final InputStream input;
  private final boolean lines;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long total;
  private int line = 1;
  private boolean begun;
  private boolean ended;

  private JsonElements(InputStream input, boolean lines) {
    this.input = input;
    this.lines = lines;
  }

  /** One value per line; empty lines are skipped. */
  public static JsonElements ofLines(InputStream input) {
    return new JsonElements(input, true);
  }

  /** The items of one array. */
  public static JsonElements ofArray(InputStream input) {
    return new JsonElements(input, false);
  }

  /**
   * The next value; empty at the end.
   *
   * @throws JsonRefused when it is not JSON; the next line can still be read, the next item cannot
   */
  public Optional<Json> next() throws IOException {
    return lines ? nextLine() : nextItem();
  }

  private Optional<Json> nextLine() throws IOException {
    while (!ended) {
      int end = from;
      while (true) {
        if (end == to) {
          int seen = end - from;
          ended = !fill();
          end = from + seen;
          if (ended) {
            break;
          }
        }
        if (buffer[end] == '\n') {
          break;
        }
        end++;
      }
      int start = from;
      int number = line++;
      from = Math.min(end + 1, to);
      refuseLong(end - start);
      if (!isBlank(start, end)) {
        return Optional.of(JsonReader.read(buffer, start, end, number));
      }
    }
    return Optional.empty();
  }

  private Optional<Json> nextItem() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    if (!begun) {
      begun = true;
      if (peek() != '[') {
        throw new JsonRefused(line, 1, "an array must begin with [");
      }
      from++;
      if (peek() == ']') {
        from++;
        return finish();
      }
    }
    int end = itemEnd();
    refuseLong(end - from);
    Json item = JsonReader.read(buffer, from, end, line);
    line += newlines(from, end);
    boolean last = buffer[end] == ']';
    from = end + 1;
    if (last) {
      finish();
    }
    return Optional.of(item);
  }

  /** The place of the comma or bracket that ends the item at the cursor. */
  private int itemEnd() throws IOException {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; ; i++) {
      if (from + i == to && !fill()) {
        throw new JsonRefused(line + newlines(from, to), 1, "the array does not end");
      }
      byte b = buffer[from + i];
      if (quoted) {
        if (b == '\\') {
          i++;
          if (from + i == to && !fill()) {
            throw new JsonRefused(line + newlines(from, to), 1, "the array does not end");
          }
        } else if (b == '"') {
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{' || b == '[') {
        if (++depth > JsonReader.MAX_DEPTH) {
          JsonReader.read(buffer, from, from + i + 1, line);
        }
      } else if ((b == ',' || b == ']') && depth == 0) {
        return from + i;
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
  }

  private Optional<Json> finish() throws IOException {
    ended = true;
    if (peek() >= 0) {
      throw new JsonRefused(line, 1, "there is more after the end of the array");
    }
    return Optional.empty();
  }

  /** The next byte that is not white space; -1 at the end. */
  private int peek() throws IOException {
    while (true) {
      if (from == to && !fill()) {
        return -1;
      }
      byte b = buffer[from];
      if (b == '\n') {
        line++;
      }
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b & 0xff;
      }
      from++;
    }
  }

  /** Reads more behind what is there; moves what is there to the front. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    refuseLong(to);
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = input.read(buffer, to, buffer.length - to);
    if (count <= 0) {
      return false;
    }
    to += count;
    total += count;
    if (total > MAX_TOTAL) {
      throw new DomainException(
          ErrorCode.TOO_LARGE,
          "The list is larger than %d bytes. Send it in parts.".formatted(MAX_TOTAL));
    }
    return true;
  }

  private void refuseLong(int length) {
    if (length > MAX_ELEMENT) {
      throw new DomainException(
          ErrorCode.TOO_LARGE,
          "One item, at line %d, is larger than %d bytes.".formatted(line, MAX_ELEMENT));
    }
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private int newlines(int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
