package io.hodei.agent.lease;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls once each time the lease runs out. */
public final class LeaseWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeaseWatch.class.getName());
  private static final long TICK_MILLIS = 50;

  private final Lease lease;
  private final Runnable fence;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hodei-lease").factory());
  private boolean good;

  public LeaseWatch(Lease lease, Runnable fence) {
    this.lease = lease;
    this.fence = fence;
    var unused =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    boolean now = lease.good();
    if (good && !now) {
      LOG.log(
          Level.WARNING,
          "the lease has run out ({0} ms since the newest renewed heartbeat was sent): ending all"
              + " processes",
          lease.ageMillis());
      runFence();
    }
    good = now;
  }

  private void runFence() {
    try {
      fence.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the fence failed; the keeper ends the processes in a moment", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
