package io.hodei.agent.spool;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.hodei.protocol.hwp.ClientFrame;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Walks over the frames behind a number, in order, as they are appended. For one thread. */
public final class SpoolCursor {
  private final Spool spool;
  private @Nullable RecordReader reader;
  private long after;

  SpoolCursor(Spool spool, long after) {
    this.spool = spool;
    this.after = after;
  }

  /**
   * @return null when nothing more was appended
   */
  public @Nullable SpooledFrame next() throws IOException {
    if (reader == null) {
      reader = open(spool.segmentFor(after));
    }
    while (reader != null) {
      boolean last = spool.isActive(reader.segment);
      RecordReader.Entry entry = read(reader);
      if (entry == null) {
        if (last) {
          return null;
        }
        RecordReader following = open(spool.segmentBehind(reader.segment));
        if (following == null) {
          return null;
        }
        reader = following;
      } else if (entry.type() == RecordType.FRAME) {
        long number = numberOf(entry.payload());
        if (number > after) {
          after = number;
          return new SpooledFrame(number, entry.payload());
        }
      }
    }
    return null;
  }

  private static RecordReader.@Nullable Entry read(RecordReader reader) throws IOException {
    try {
      return reader.next();
    } catch (ClosedChannelException e) {
      return null; // acknowledged and deleted meanwhile
    }
  }

  private static @Nullable RecordReader open(@Nullable Segment segment) {
    return segment == null ? null : new RecordReader(segment);
  }

  /** The number comes first in a serialized frame: no need to parse the rest. */
  private static long numberOf(byte[] frame) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(frame);
    if (WireFormat.getTagFieldNumber(in.readTag()) == ClientFrame.NUMBER_FIELD_NUMBER) {
      return in.readUInt64();
    }
    return ClientFrame.parseFrom(frame).getNumber();
  }
}
