package io.hodei.bench.yardstick;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many jobs a peer has executed in this process: as long as some are open, its database need
 * not be asked, which would slow it down.
 */
final class Progress {
  private final LongAdder executed;
  private long expected;

  Progress(LongAdder executed) {
    this.executed = executed;
    this.expected = executed.sum();
  }

  void expect(int more) {
    expected += more;
  }

  boolean isReached() {
    return executed.sum() >= expected;
  }
}
