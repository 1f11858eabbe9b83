package io.hodei.web.link;

import io.hodei.dispatch.entity.AgentChannel;
import io.hodei.protocol.hwp.ServerFrame;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends frames to one agent: in order, one at a time, without blocking whoever sends. An agent that
 * does not read is cut off when 16 MiB wait for it.
 */
final class WebSocketChannel implements AgentChannel {
  private static final Logger LOG = System.getLogger(WebSocketChannel.class.getName());
  private static final long MOST_WAITING_BYTES = 16L << 20;
  private static final int MOST_REASON = 100;

  private final Session session;
  private final ConcurrentLinkedQueue<byte[]> outbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile boolean gone;

  /** {@link System#nanoTime} when the frame that is being sent was given to the socket; 0: none. */
  private volatile long sendingSince;

  WebSocketChannel(Session session) {
    this.session = session;
  }

  @Override
  public void send(ServerFrame frame) {
    if (gone) {
      return;
    }
    byte[] bytes = frame.toByteArray();
    if (waitingBytes.addAndGet(bytes.length) > MOST_WAITING_BYTES) {
      close("The agent does not read what is sent to it");
      return;
    }
    outbox.add(bytes);
    if (sending.getAndIncrement() == 0) {
      sendNext();
    }
  }

  @Override
  public Duration stalled() {
    long since = sendingSince;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  @Override
  public void close(String reason) {
    if (gone) {
      return;
    }
    gone = true;
    try {
      session.close(
          new CloseReason(
              CloseReason.CloseCodes.TRY_AGAIN_LATER,
              reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) : reason));
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "The connection was gone already", e);
    }
  }

  void gone() {
    gone = true;
    outbox.clear();
  }

  /** Sends until nothing waits; a send that is under way goes on here when it has ended. */
  private void sendNext() {
    byte[] bytes = outbox.poll();
    if (bytes == null || gone) {
      return;
    }
    sendingSince = System.nanoTime() | 1;
    try {
      session
          .getAsyncRemote()
          .sendBinary(
              ByteBuffer.wrap(bytes),
              result -> {
                sendingSince = 0;
                waitingBytes.addAndGet(-bytes.length);
                if (!result.isOK()) {
                  close("A frame could not be sent");
                } else if (sending.decrementAndGet() > 0) {
                  sendNext();
                }
              });
    } catch (IllegalStateException e) {
      close("A frame could not be sent");
    }
  }
}
