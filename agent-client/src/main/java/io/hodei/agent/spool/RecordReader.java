package io.hodei.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the records of one segment in order: length, CRC-32C, type, payload. */
final class RecordReader {
  static final int HEADER_BYTES = 9;
  private static final int MAX_PAYLOAD_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 64 << 10;

  final Segment segment;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private long bufferEnd;

  RecordReader(Segment segment) {
    this.segment = segment;
  }

  /** A record as read from disk. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(RecordType type, byte[] payload) {}

  /** Position behind the last record read. */
  long position() {
    return bufferEnd - buffer.remaining();
  }

  /**
   * @return null at the end of what was written, or where the file is damaged
   */
  @Nullable Entry next() throws IOException {
    if (!fill(HEADER_BYTES)) {
      return null;
    }
    int start = buffer.position();
    int length = buffer.getInt(start);
    int crc = buffer.getInt(start + 4);
    byte type = buffer.get(start + 8);
    if (length < 0 || length > MAX_PAYLOAD_BYTES || RecordType.at(type).isEmpty()) {
      return null;
    }
    if (!fill(HEADER_BYTES + length)) {
      return null;
    }
    byte[] payload = new byte[length];
    buffer.get(buffer.position() + HEADER_BYTES, payload);
    if (crc(type, payload) != crc) {
      return null;
    }
    buffer.position(buffer.position() + HEADER_BYTES + length);
    return new Entry(RecordType.at(type).orElseThrow(), payload);
  }

  static int crc(int type, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(type);
    crc.update(payload, 0, payload.length);
    return (int) crc.getValue();
  }

  private boolean fill(int needed) throws IOException {
    if (buffer.remaining() >= needed) {
      return true;
    }
    int missing = needed - buffer.remaining();
    if (segment.flushed() - bufferEnd < missing) {
      return false;
    }
    makeRoom(needed);
    while (buffer.position() < needed) {
      long readable = segment.flushed() - bufferEnd;
      buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + readable));
      int read = segment.read(buffer, bufferEnd);
      if (read <= 0) {
        break;
      }
      bufferEnd += read;
    }
    buffer.flip();
    return buffer.remaining() >= needed;
  }

  private void makeRoom(int needed) {
    if (needed > buffer.capacity()) {
      buffer = ByteBuffer.allocate(Math.max(needed, BUFFER_BYTES)).put(buffer);
    } else {
      buffer.compact();
    }
  }
}
