package io.hodei.cli.dev;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for a condition of another process, where nothing tells us that it became true. */
final class Waiting {
  private static final long STEP_MILLIS = 50;

  private Waiting() {}

  /** Whether the condition became true in time. */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  static void untilEnded(ProcessHandle handle) {
    endsWithin(handle, Duration.ofSeconds(20));
  }

  static boolean endsWithin(ProcessHandle handle, Duration limit) {
    try {
      handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException e) {
      throw new DevException("Process %d cannot be watched".formatted(handle.pid()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevException("Interrupted while waiting for process " + handle.pid(), e);
    }
  }

  static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevException("Interrupted while waiting", e);
    }
  }
}
