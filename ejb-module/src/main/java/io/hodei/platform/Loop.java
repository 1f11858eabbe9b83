package io.hodei.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A named thread that calls {@code tick} whenever it is woken, and at least once per interval.
 * Wake-ups that come during a tick, or within the gathering time after it, are joined into one. A
 * tick that throws is logged and counted, and the loop goes on after a pause of at most a second.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Loop.class.getName());
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private static final Map<String, AtomicLong> FAILURES = new ConcurrentSkipListMap<>();

  private final String name;
  private final Supplier<Duration> interval;
  private final Duration gathering;
  private final Runnable tick;
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicLong failures;
  private final Thread thread;
  private volatile boolean closed;

  public Loop(String name, Duration interval, ThreadFactory threads, Runnable tick) {
    this(name, () -> interval, Duration.ZERO, threads, tick);
  }

  /** A loop whose interval can change; it is asked before each pause. */
  public Loop(String name, Supplier<Duration> interval, ThreadFactory threads, Runnable tick) {
    this(name, interval, Duration.ZERO, threads, tick);
  }

  /**
   * A loop whose ticks are worth sharing.
   *
   * @param gathering how long after the end of a tick the next one starts at the earliest
   */
  public Loop(
      String name, Duration interval, Duration gathering, ThreadFactory threads, Runnable tick) {
    this(name, () -> interval, gathering, threads, tick);
  }

  /** Both: an interval that can change, and ticks that are worth sharing. */
  public Loop(
      String name,
      Supplier<Duration> interval,
      Duration gathering,
      ThreadFactory threads,
      Runnable tick) {
    this.name = name;
    this.interval = interval;
    this.gathering = gathering;
    this.tick = tick;
    this.failures = FAILURES.computeIfAbsent(name, loop -> new AtomicLong());
    this.thread = threads.newThread(this::run);
    thread.setName("hodei-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Makes the next tick come at once, or when the gathering time is over. Cheap; may be called from
   * any thread at any rate.
   */
  public void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  /** How many ticks of loops of this name have thrown since the start. */
  public long failures() {
    return failures.get();
  }

  /** The names of all loops that were started in this process. */
  public static Set<String> names() {
    return Set.copyOf(FAILURES.keySet());
  }

  /** How many ticks of loops of this name have thrown since the start; 0 when there is none. */
  public static long failuresOf(String name) {
    AtomicLong known = FAILURES.get(name);
    return known == null ? 0 : known.get();
  }

  /** Ends the loop after the tick that runs now, and waits for it up to 5 s. */
  @Override
  public void close() {
    closed = true;
    wake();
    try {
      if (Thread.currentThread() != thread && !thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        boolean failed = !runTick();
        long endedAt = System.nanoTime();
        Duration pause = interval.get();
        Duration wait =
            failed && pause.compareTo(PAUSE_AFTER_FAILURE) > 0 ? PAUSE_AFTER_FAILURE : pause;
        if (wakeUps.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          gather(endedAt);
          wakeUps.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "Loop {0} was interrupted and ends", name);
    }
  }

  private void gather(long endedAt) throws InterruptedException {
    long rest = gathering.toNanos() - (System.nanoTime() - endedAt);
    if (rest > 0) {
      TimeUnit.NANOSECONDS.sleep(rest);
    }
  }

  private boolean runTick() {
    try {
      tick.run();
      return true;
    } catch (RuntimeException | Error e) {
      failures.incrementAndGet();
      if (!closed) {
        LOG.log(
            Level.WARNING,
            "A round of " + name + " failed and is repeated: " + Causes.sentence(e),
            e);
      }
      return false;
    }
  }
}
