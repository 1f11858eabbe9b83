package io.hodei.agent.link;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.hodei.protocol.hwp.ClientFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Serialized frames, gathered into one message without parsing them. For one thread. */
final class FrameBatch {
  /** Enough to make the cost of a message small beside that of its frames. */
  private static final int ENOUGH_BYTES = 128 << 10;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  void add(byte[] frame) {
    try {
      out.writeTag(ClientFrames.FRAMES_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeByteArrayNoTag(frame);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory does not fail.", e);
    }
  }

  boolean isEmpty() {
    return bytes.size() == 0;
  }

  /** Whether the message should go now; one more frame still fits. */
  boolean isEnough() {
    return bytes.size() >= ENOUGH_BYTES;
  }

  ByteBuffer message() {
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
