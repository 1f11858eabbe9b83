package io.hodei.agent.logs;

import io.hodei.agent.spool.StreamTally;
import io.hodei.protocol.hwp.LogStream;
import io.hodei.protocol.hwp.StreamSummary;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads one output stream of a process to its end. A chunk goes on when it is full, when its oldest
 * byte has waited for 50 ms, or at the end of the stream.
 */
public final class LogPump implements Runnable {
  private static final System.Logger LOG = System.getLogger(LogPump.class.getName());
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int READ_BYTES = 32 << 10;

  private final InputStream in;
  private final LogStream stream;
  private final LogWriter writer;
  private final LogTotals totals;
  private final long limitBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final StreamTally tally = new StreamTally();
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int filled;
  private long oldestNanos;

  /**
   * @param limitBytes bytes kept; what comes after them is counted and dropped
   */
  public LogPump(
      InputStream in, LogStream stream, LogWriter writer, LogTotals totals, long limitBytes) {
    this.in = in;
    this.stream = stream;
    this.writer = writer;
    this.totals = totals;
    this.limitBytes = limitBytes;
  }

  @Override
  public void run() {
    byte[] read = new byte[READ_BYTES];
    try (in) {
      for (int count = in.read(read); count >= 0; count = in.read(read)) {
        totals.count(read, count);
        take(read, count);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "an output stream was closed early: {0}", e.getMessage());
    } catch (InterruptedException e) {
      return; // nobody wants the rest
    }
    finish();
  }

  /** The sums, once the stream has ended. */
  public StreamSummary summary() {
    lock.lock();
    try {
      return tally.summary();
    } finally {
      lock.unlock();
    }
  }

  /** Sends on what has waited since before {@code nanos}, unless the pump is doing so already. */
  void flushOlderThan(long nanos) throws InterruptedException {
    if (lock.tryLock()) {
      try {
        if (filled > 0 && oldestNanos - nanos < 0) {
          flush();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void take(byte[] bytes, int count) throws InterruptedException {
    lock.lock();
    try {
      int kept = (int) Math.min(count, limitBytes - tally.length());
      tally.drop(count - kept);
      tally.add(bytes, 0, kept);
      long end = tally.length();
      for (int from = 0; from < kept; ) {
        int part = Math.min(kept - from, CHUNK_BYTES - filled);
        if (filled == 0 && part > 0) {
          oldestNanos = System.nanoTime();
        }
        System.arraycopy(bytes, from, chunk, filled, part);
        filled += part;
        from += part;
        if (filled == CHUNK_BYTES) {
          write(end - (kept - from) - filled);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    lock.lock();
    try {
      flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void flush() throws InterruptedException {
    if (filled > 0) {
      write(tally.length() - filled);
    }
  }

  private void write(long offset) throws InterruptedException {
    writer.write(stream, offset, chunk, filled);
    filled = 0;
  }
}
