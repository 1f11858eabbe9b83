package io.hodei.agent.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * How much may be sent and not acknowledged: at most 8 MiB, and only so much that acknowledgements
 * come within about a second. Otherwise heartbeats would queue behind output on a slow connection,
 * and the lease would be lost to our own data. For one thread.
 */
final class Window {
  static final long MOST_BYTES = 8 << 20;
  static final long LEAST_BYTES = 128 << 10;
  private static final long START_BYTES = 512 << 10;
  private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1000);

  private final Deque<Sent> sent = new ArrayDeque<>();
  private long limit = START_BYTES;
  private long bytes;

  private record Sent(long number, int bytes, long atNanos) {}

  boolean open() {
    return bytes < limit;
  }

  long limit() {
    return limit;
  }

  void sent(long number, int size, long nowNanos) {
    sent.addLast(new Sent(number, size, nowNanos));
    bytes += size;
  }

  void acknowledged(long upTo, long nowNanos) {
    boolean full = bytes >= limit / 2;
    long slowest = 0;
    while (!sent.isEmpty() && sent.getFirst().number() <= upTo) {
      Sent first = sent.removeFirst();
      bytes -= first.bytes();
      slowest = Math.max(slowest, nowNanos - first.atNanos());
    }
    if (slowest > SLOW_NANOS) {
      limit = Math.max(LEAST_BYTES, limit / 2);
    } else if (full && slowest < FAST_NANOS) {
      limit = Math.min(MOST_BYTES, limit * 2);
    }
  }
}
