package io.hodei.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hodei.protocol.hwp.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts what a node says together from the pieces in which a WebSocket hands it over. */
public final class Pieces {
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

  /**
   * Takes the next piece.
   *
   * @return the frame whose last piece it was; null when there is more to come
   * @throws InvalidProtocolBufferException when it is no frame or a larger one than {@link
   *     Hwp#MAX_FRAME_BYTES}; the message says which, after "a frame "
   */
  public @Nullable ServerFrame add(ByteBuffer piece, boolean last)
      throws InvalidProtocolBufferException {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    partial.writeBytes(bytes);
    if (partial.size() > Hwp.MAX_FRAME_BYTES) {
      throw new InvalidProtocolBufferException("larger than 1 MiB");
    }
    if (!last) {
      return null;
    }
    try {
      ServerFrame frame = ServerFrame.parseFrom(partial.toByteArray());
      partial.reset();
      return frame;
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidProtocolBufferException("that is not HWP", e);
    }
  }
}
