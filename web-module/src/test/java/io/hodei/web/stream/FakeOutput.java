package io.hodei.web.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The container's side of a client that takes as many bytes as it is told to. */
final class FakeOutput extends ServletOutputStream {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private @Nullable WriteListener listener;
  private long taken;
  private boolean broken;

  /** The client takes so many bytes more. */
  void take(long bytes) throws IOException {
    taken += bytes;
    if (listener != null) {
      listener.onWritePossible();
    }
  }

  /** The client is gone. */
  void breakOff() {
    broken = true;
    taken = Long.MAX_VALUE;
  }

  String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isReady() {
    return written.size() < taken;
  }

  @Override
  public void setWriteListener(WriteListener writeListener) {
    listener = writeListener;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (broken) {
      throw new IOException("Connection reset by peer");
    }
    if (!isReady()) {
      throw new IllegalStateException("Written without being ready: this would block");
    }
    written.write(bytes, from, count);
  }
}
