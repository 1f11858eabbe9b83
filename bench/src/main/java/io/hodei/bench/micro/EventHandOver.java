package io.hodei.bench.micro;

import io.hodei.events.EventBus;
import io.hodei.events.OutboxRow;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From one publisher through a channel to its handler. */
@State(Scope.Benchmark)
public class EventHandOver {
  private static final int ROWS = 10_000;
  private final EventBus bus = new EventBus(() -> 16_384, Thread::new);
  private final AtomicLong handled = new AtomicLong();
  private final List<OutboxRow> rows =
      Collections.nCopies(
          ROWS, new OutboxRow(1, 1, "job.ended", Instant.EPOCH, "[{\"job\":1,\"epoch\":1}]"));

  @Setup
  public void subscribe() {
    bus.subscribe("job.*", batch -> handled.addAndGet(batch.size()));
  }

  @TearDown
  public void close() {
    bus.close();
  }

  /** Ends when the handler has seen all. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long publish() {
    long end = handled.get() + ROWS;
    bus.publish(rows);
    while (handled.get() < end) {
      Thread.onSpinWait();
    }
    return end;
  }
}
