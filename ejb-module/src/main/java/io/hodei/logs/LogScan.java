package io.hodei.logs;

import io.hodei.logs.LogHits.Hit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for a text in chunks that come one after the other; a text may begin in one and end in
 * another. Keeps the end of what it has seen, never more.
 */
final class LogScan {
  private static final int AROUND = 120;

  private final Needle needle;
  private final int limit;
  private final List<Hit> hits = new ArrayList<>();
  private byte[] seen = new byte[0];
  private long offset;
  private long linesBefore;
  private long notBefore;
  private long lastLine;
  private long next;

  /**
   * Begins.
   *
   * @param limit most hits
   * @param from hits begin here or behind
   * @param start offset of the first chunk
   * @param linesBefore lines that have ended before it
   */
  LogScan(Needle needle, int limit, long from, long start, long linesBefore) {
    this.needle = needle;
    this.limit = limit;
    this.notBefore = from;
    this.next = from;
    this.offset = start;
    this.linesBefore = linesBefore;
  }

  List<Hit> hits() {
    return List.copyOf(hits);
  }

  boolean isFull() {
    return hits.size() >= limit;
  }

  /** Where to go on so that nothing is missed. */
  long next() {
    return next;
  }

  /**
   * Looks at the next chunk.
   *
   * @param lines how many lines end in it
   */
  void take(byte[] chunk, int lines) {
    byte[] window = Arrays.copyOf(seen, seen.length + chunk.length);
    System.arraycopy(chunk, 0, window, seen.length, chunk.length);
    long linesUpTo = linesBefore + newlines(seen, 0, seen.length) + lines;
    look(window);
    int kept = Math.min(window.length, needle.length() - 1 + AROUND);
    seen = Arrays.copyOfRange(window, window.length - kept, window.length);
    offset += window.length - kept;
    linesBefore = linesUpTo - newlines(seen, 0, seen.length);
  }

  private void look(byte[] window) {
    int overlap = Math.max(0, seen.length - (needle.length() - 1));
    int at =
        needle.find(window, (int) Math.max(overlap, Math.min(notBefore - offset, window.length)));
    int counted = 0;
    long line = linesBefore + 1;
    while (at >= 0 && !isFull()) {
      line += newlines(window, counted, at);
      counted = at;
      int end = endOfLine(window, at);
      if (line != lastLine) {
        hits.add(new Hit(line, offset + at, excerpt(window, at)));
        lastLine = line;
      }
      // One hit a line; when its end is not here, the rest of it is known by its number.
      next = offset + (end < 0 ? at + needle.length() : end + 1);
      at = end < 0 ? -1 : needle.find(window, end + 1);
    }
    if (!isFull()) {
      next = Math.max(next, offset + window.length - (needle.length() - 1));
    }
  }

  private String excerpt(byte[] window, int at) {
    int from = at;
    while (from > 0 && at - from < AROUND && window[from - 1] != '\n') {
      from--;
    }
    int to = at;
    int most = Math.min(window.length, at + needle.length() + AROUND);
    while (to < most && window[to] != '\n') {
      to++;
    }
    // A character that is cut at an edge is left out.
    while (from < at && (window[from] & 0xc0) == 0x80) {
      from++;
    }
    while (to > at + needle.length() && to < window.length && (window[to] & 0xc0) == 0x80) {
      to--;
    }
    return new String(window, from, to - from, StandardCharsets.UTF_8);
  }

  private static int endOfLine(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  static int newlines(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
