package io.hodei.agent.spool;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All small state at one moment.
 *
 * @param open attempts that have not ended
 */
record Checkpoint(Session session, long acked, long lastNumber, Set<AttemptId> open) {
  private static final int FIXED_BYTES = 8 + 4 + 8 + 8 + 4;
  private static final int OPEN_BYTES = 8 + 4;

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + session.secret().size() + open.size() * OPEN_BYTES);
    out.putLong(session.id()).putInt(session.secret().size());
    session.secret().copyTo(out);
    out.putLong(acked).putLong(lastNumber).putInt(open.size());
    open.forEach(id -> out.putLong(id.job()).putInt(id.epoch()));
    return out.array();
  }

  static Checkpoint decode(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    long id = in.getLong();
    byte[] secret = new byte[in.getInt()];
    in.get(secret);
    long acked = in.getLong();
    long lastNumber = in.getLong();
    Set<AttemptId> open = new LinkedHashSet<>();
    for (int left = in.getInt(); left > 0; left--) {
      open.add(new AttemptId(in.getLong(), in.getInt()));
    }
    return new Checkpoint(new Session(id, ByteString.copyFrom(secret)), acked, lastNumber, open);
  }

  static byte[] encode(AttemptId id) {
    return ByteBuffer.allocate(12).putLong(id.job()).putInt(id.epoch()).array();
  }

  static AttemptId decodeId(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    return new AttemptId(in.getLong(), in.getInt());
  }

  static byte[] encode(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  static long decodeNumber(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong();
  }
}
