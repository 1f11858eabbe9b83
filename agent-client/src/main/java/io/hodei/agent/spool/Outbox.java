package io.hodei.agent.spool;

import io.hodei.protocol.hwp.ClientFrame;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Frames without a number on their way out, and the wake-up of the thread that sends. */
public final class Outbox {
  private final ConcurrentLinkedQueue<ClientFrame> frames = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread sender;

  /** Sends it on the current connection, if there is one; it may be lost. */
  public void add(ClientFrame.Builder frame) {
    frames.add(frame.build());
    wake();
  }

  public void wake() {
    LockSupport.unpark(sender);
  }

  public void servedBy(Thread thread) {
    sender = thread;
  }

  public void clear() {
    frames.clear();
  }

  public @Nullable ClientFrame poll() {
    return frames.poll();
  }
}
