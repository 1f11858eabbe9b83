package io.hodei.dispatch.control;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Tickets and hints as bytes: packed longs, most significant byte first. What does not fit is no
 * ticket.
 */
final class TicketCodec {
  /** Most tickets in one queue item. */
  static final int MOST = 128;

  private TicketCodec() {}

  static byte[] pack(List<Long> ids) {
    ByteBuffer buffer = ByteBuffer.allocate(ids.size() * Long.BYTES);
    ids.forEach(buffer::putLong);
    return buffer.array();
  }

  static byte[] pack(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }

  /** The longs; empty for bytes that nobody of us wrote. */
  static long[] unpack(byte[] bytes) {
    if (bytes.length % Long.BYTES != 0 || bytes.length > MOST * Long.BYTES * 8) {
      return new long[0];
    }
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }
}
