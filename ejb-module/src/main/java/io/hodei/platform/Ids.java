package io.hodei.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes time-sorted 64-bit ids (TSID): 41 bits of milliseconds since 2024, 10 bits of node number,
 * 12 bits of counter. Unique in the cluster because the node number is leased (feature {@code
 * cluster}); lock-free; never goes back, also when the clock does. More than 4096 ids in a
 * millisecond borrow from the next ones.
 */
@ApplicationScoped
public class Ids {
  static final long EPOCH_MILLIS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final int NODE_BITS = 10;
  private static final int COUNTER_BITS = 12;

  private final Clock clock;
  private final AtomicLong last = new AtomicLong();
  private volatile long node = -1;
  private volatile long validUntilNanos;

  public Ids() {
    this(Clock.systemUTC());
  }

  Ids(Clock clock) {
    this.clock = clock;
  }

  /** Says which node makes the ids, and for how long from now. Else none can be made. */
  public void assign(int nodeNumber, Duration validity) {
    validUntilNanos = System.nanoTime() + validity.toNanos();
    node = nodeNumber;
  }

  /** Takes the node number back, because its lease is lost. */
  public void withdraw() {
    node = -1;
  }

  public long next() {
    return block(1);
  }

  /** As many ids as asked for, ascending. */
  public long[] next(int count) {
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      ids[i] = block(1);
    }
    return ids;
  }

  /** The smallest id that an id made at this time or later can have. */
  public static long lowest(Instant time) {
    return Math.max(0, time.toEpochMilli() - EPOCH_MILLIS) << (NODE_BITS + COUNTER_BITS);
  }

  private long block(int size) {
    long number = node;
    if (number < 0 || System.nanoTime() - validUntilNanos > 0) {
      throw new DomainException(
          ErrorCode.NODE_NOT_READY,
          "This node holds no node number now, so it cannot make ids. Try again in a few seconds, or use another node.");
    }
    long now = (clock.millis() - EPOCH_MILLIS) << COUNTER_BITS;
    long tick = last.updateAndGet(before -> Math.max(now, before + size));
    long millis = tick >>> COUNTER_BITS;
    long counter = tick & ((1 << COUNTER_BITS) - 1);
    return millis << (NODE_BITS + COUNTER_BITS) | number << COUNTER_BITS | counter;
  }
}
