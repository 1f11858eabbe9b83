package io.hodei.agent.lease;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls once each time the lease runs out. */
public final class LeaseWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeaseWatch.class.getName());

  /** While there is no lease: one that is given and runs out at once must not go unseen. */
  private static final Duration WITHOUT = Duration.ofMillis(50);

  /** While there is one, at most: a new server may give a shorter one. */
  private static final Duration WITH = Duration.ofMillis(250);

  private final Lease lease;
  private final Runnable fence;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hodei-lease").factory());
  private boolean good;

  public LeaseWatch(Lease lease, Runnable fence) {
    this.lease = lease;
    this.fence = fence;
    thread.execute(this::tick);
  }

  /** Looks, and looks again at the latest when the lease runs out. */
  private void tick() {
    Duration left = lease.left();
    look(!left.isZero());
    Duration pause = good ? Collections.min(List.of(left, WITH)) : WITHOUT;
    if (!thread.isShutdown()) {
      var unused = thread.schedule(this::tick, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void look(boolean now) {
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
