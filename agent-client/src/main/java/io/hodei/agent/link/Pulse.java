package io.hodei.agent.link;

import io.hodei.agent.lease.Lease;
import io.hodei.agent.process.Keeper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The heartbeats of one connection: when the next is due, which were renewed. Beats are numbered by
 * the sending thread, renewals come on another.
 */
final class Pulse {
  /** A node that renews nothing for so long is left, though its connection may look alive. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Lease lease;
  private final Keeper keeper;
  private final long intervalNanos;
  private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
  private volatile long heardNanos = System.nanoTime();
  private long beat;
  private long dueNanos = System.nanoTime();

  Pulse(Lease lease, Keeper keeper, Duration interval) {
    this.lease = lease;
    this.keeper = keeper;
    this.intervalNanos = interval.toNanos();
  }

  boolean due() {
    return System.nanoTime() - dueNanos >= 0;
  }

  /** The number of the heartbeat that is sent right after this. */
  long next() {
    long now = System.nanoTime();
    dueNanos = now + intervalNanos;
    beat++;
    sentAt.put(beat, now);
    return beat;
  }

  void soon() {
    dueNanos = System.nanoTime();
  }

  void renewed(long renewedBeat) {
    Long sent = sentAt.get(renewedBeat);
    if (sent == null) {
      return;
    }
    heardNanos = System.nanoTime();
    lease.renewed(sent);
    keeper.beat(lease.left());
    sentAt.keySet().removeIf(older -> older <= renewedBeat);
  }

  boolean silent() {
    return System.nanoTime() - heardNanos > SILENCE_NANOS;
  }

  long nanosToNext() {
    return Math.max(0, dueNanos - System.nanoTime());
  }
}
