package io.hodei.agent.logs;

import io.hodei.agent.spool.Spool;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends on the output that came in too small pieces to fill a chunk. */
public final class LogFlusher {
  private static final System.Logger LOG = System.getLogger(LogFlusher.class.getName());
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Spool spool;
  private final Set<LogPump> pumps = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  public LogFlusher(Spool spool) {
    this.spool = spool;
    this.thread = Thread.ofPlatform().daemon().name("hodei-log-flusher").start(this::run);
  }

  public void add(LogPump pump) {
    pumps.add(pump);
    LockSupport.unpark(thread);
  }

  public void remove(LogPump pump) {
    pumps.remove(pump);
  }

  /** Sleeps for as long as nothing is executed: an agent without work costs nothing. */
  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      if (pumps.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, TICK_NANOS);
        tick();
      }
    }
  }

  private void tick() {
    if (!spool.hasRoom()) {
      return;
    }
    long before = System.nanoTime() - WAIT_NANOS;
    try {
      for (LogPump pump : pumps) {
        pump.flushOlderThan(before);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "output was not sent on this time; it follows with the next", e);
    }
  }
}
