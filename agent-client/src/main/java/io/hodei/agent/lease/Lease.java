package io.hodei.agent.lease;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Until when this agent may let processes run: so long after it <em>sent</em> the newest heartbeat
 * that was renewed. Monotonic clock; safe for any thread.
 */
public final class Lease {
  private boolean held;
  private long sentNanos;
  private long goodNanos;
  private int lapses;

  /** A heartbeat (or the Hello) sent at that time was renewed. */
  public synchronized void renewed(long sentAtNanos, Duration good) {
    if (!held || sentAtNanos - sentNanos > 0) {
      lapses = lapses();
      held = true;
      sentNanos = sentAtNanos;
      goodNanos = good.toNanos();
    }
  }

  /** A heartbeat sent at that time was renewed; as good as the ones before. */
  public synchronized void renewed(long sentAtNanos) {
    renewed(sentAtNanos, Duration.ofNanos(goodNanos));
  }

  /** Zero when there is no lease or it has run out. */
  public synchronized Duration left() {
    long left = held ? goodNanos - (System.nanoTime() - sentNanos) : 0;
    return Duration.ofNanos(Math.max(0, left));
  }

  /**
   * How often it has run out so far. The keeper ends processes when it does, and it may be good
   * again before their ends are seen.
   */
  public synchronized int lapses() {
    return held && !good() ? lapses + 1 : lapses;
  }

  public boolean good() {
    return !left().isZero();
  }

  /** How long ago the newest renewed heartbeat was sent, for messages. */
  public synchronized long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNanos);
  }
}
