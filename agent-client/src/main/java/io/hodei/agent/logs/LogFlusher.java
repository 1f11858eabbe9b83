package io.hodei.agent.logs;

import io.hodei.agent.spool.Spool;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends on the output that came in too small pieces to fill a chunk. */
public final class LogFlusher {
  private static final System.Logger LOG = System.getLogger(LogFlusher.class.getName());
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long TICK_MILLIS = 10;

  private final Spool spool;
  private final Set<LogPump> pumps = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hodei-log-flusher").factory());

  public LogFlusher(Spool spool) {
    this.spool = spool;
    var unused =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  public void add(LogPump pump) {
    pumps.add(pump);
  }

  public void remove(LogPump pump) {
    pumps.remove(pump);
  }

  private void tick() {
    if (pumps.isEmpty() || !spool.hasRoom()) {
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
