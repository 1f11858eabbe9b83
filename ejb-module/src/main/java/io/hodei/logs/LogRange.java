package io.hodei.logs;

/**
 * A part of a log.
 *
 * @param offset of its first byte
 * @param data empty at the end; may be shorter than asked for, read on at {@link #next}
 */
public record LogRange(LogInfo info, long offset, byte[] data) {
  public long next() {
    return offset + data.length;
  }
}
