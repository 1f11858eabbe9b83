package io.hodei.bench.micro;

import io.hodei.bench.load.Latencies;
import io.hodei.events.EventBus;
import io.hodei.events.OutboxRow;
import java.time.Instant;
import java.util.List;

/** How long an event takes from its publisher to its handler at a fixed rate. */
public final class EventDelay {
  public static final int PER_SECOND = 1_000_000;
  private static final int WARM_UP = 3;
  private static final long STEP_NANOS = 1_000_000_000L / PER_SECOND;

  private EventDelay() {}

  /**
   * One publisher, one channel, one handler, one event at a time; from the moment the event was
   * meant to be published until its handler has it.
   */
  public static Latencies measure(int events) {
    for (int i = 0; i < WARM_UP; i++) {
      round(events);
    }
    return round(events);
  }

  private static Latencies round(int events) {
    long[] nanos = new long[events];
    OutboxRow[] rows = new OutboxRow[events];
    for (int i = 0; i < events; i++) {
      rows[i] = new OutboxRow(i, 1, "job.ended", Instant.EPOCH, "[]");
    }
    try (EventBus bus = new EventBus(() -> 16_384, Thread::new)) {
      long began = System.nanoTime() + 1_000_000;
      bus.subscribe(
          "job.*",
          batch -> {
            for (OutboxRow row : batch) {
              int index = (int) row.position();
              nanos[index] = System.nanoTime() - began - index * STEP_NANOS;
            }
          });
      for (int i = 0; i < events; i++) {
        while (System.nanoTime() - began < i * STEP_NANOS) {
          Thread.onSpinWait();
        }
        bus.publish(List.of(rows[i]));
      }
    }
    return Latencies.of(nanos);
  }
}
