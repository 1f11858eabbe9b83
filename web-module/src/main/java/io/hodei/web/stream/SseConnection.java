package io.hodei.web.stream;

import io.hodei.security.Caller;
import io.hodei.web.access.Credentials;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client of a stream. Frames are queued up to a bound and written when the socket takes them;
 * no call blocks, and any thread may make it.
 */
final class SseConnection implements WriteListener {
  /** Most bytes that wait for a client, but for one frame that is larger by itself. */
  static final int MOST_BYTES = 256 * 1024;

  private final Runnable completion;
  private final ServletOutputStream output;
  private final Executor executor;
  private final ConcurrentLinkedQueue<byte[]> frames = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile boolean opened;
  private volatile boolean closing;
  private volatile boolean unflushed;
  private volatile long progressAt = System.nanoTime();
  private volatile Runnable onRoom = () -> {};
  private volatile Runnable onEnd = () -> {};
  final Caller caller;
  final Credentials credentials;

  /**
   * Makes a connection that writes nothing yet.
   *
   * @param completion ends the asynchronous request; called once
   */
  SseConnection(
      Runnable completion,
      ServletOutputStream output,
      Executor executor,
      Caller caller,
      Credentials credentials) {
    this.completion = completion;
    this.output = output;
    this.executor = executor;
    this.caller = caller;
    this.credentials = credentials;
  }

  /** Begins to write. */
  void open() {
    output.setWriteListener(this);
  }

  /** What to call when frames are taken again after some were not. */
  void whenThereIsRoom(Runnable callback) {
    onRoom = callback;
  }

  /** What to call once, when the client is gone or the stream has ended. */
  void whenItEnds(Runnable callback) {
    onEnd = callback;
  }

  /** Queues a frame; false when the queue is full or the connection has ended. */
  boolean send(byte[] frame) {
    if (closing || finished.get()) {
      return false;
    }
    if (queued.addAndGet(frame.length) > MOST_BYTES && queued.get() != frame.length) {
      queued.addAndGet(-frame.length);
      return false;
    }
    frames.add(frame);
    pump();
    return true;
  }

  /** Whether it is worth while to read more for this client. */
  boolean hasRoom() {
    return queued.get() < MOST_BYTES / 2;
  }

  boolean isOpen() {
    return !closing && !finished.get();
  }

  /** Nanoseconds since something was written, if something waits; else since the last write. */
  long nanosSinceProgress() {
    return System.nanoTime() - progressAt;
  }

  boolean isWaitingForClient() {
    return queued.get() > 0;
  }

  /** Ends the stream after what is queued. */
  void close() {
    closing = true;
    pump();
  }

  /** Ends the stream now, whatever the client does. */
  void abort() {
    if (finished.compareAndSet(false, true)) {
      frames.clear();
      // A client that takes nothing must not hold up the thread that has noticed it.
      executor.execute(this::complete);
      onEnd.run();
    }
  }

  @Override
  public void onWritePossible() {
    opened = true;
    pump();
  }

  @Override
  public void onError(Throwable thrown) {
    abort();
  }

  /** One thread at a time writes; the others leave a note that there is more to do. */
  private void pump() {
    if (!opened || work.getAndIncrement() != 0) {
      return;
    }
    boolean room = hasRoom();
    int done = 1;
    do {
      drain();
      done = work.addAndGet(-done);
    } while (done != 0);
    if (!room && hasRoom()) {
      onRoom.run();
    }
  }

  private void drain() {
    try {
      while (!finished.get() && output.isReady()) {
        byte[] frame = frames.poll();
        if (frame != null) {
          output.write(frame);
          unflushed = true;
          queued.addAndGet(-frame.length);
          progressAt = System.nanoTime();
        } else if (unflushed) {
          unflushed = false;
          output.flush();
        } else {
          finishIfClosing();
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The client has gone.
      abort();
    }
  }

  private void finishIfClosing() {
    if (closing && finished.compareAndSet(false, true)) {
      complete();
      onEnd.run();
    }
  }

  private void complete() {
    try {
      completion.run();
    } catch (IllegalStateException e) {
      // The container has ended it already.
      frames.clear();
    }
  }
}
