package io.hodei.platform;

import java.util.concurrent.atomic.LongAdder;

/** What it took to get connections from one pool. */
public final class Borrowing {
  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder failures = new LongAdder();

  void took(long elapsedNanos) {
    count.increment();
    nanos.add(elapsedNanos);
  }

  void failed() {
    failures.increment();
  }

  /** Connections given. */
  public long count() {
    return count.sum();
  }

  /** Seconds waited for all of them together. */
  public double seconds() {
    return nanos.sum() / 1e9;
  }

  /** Times none was given. */
  public long failures() {
    return failures.sum();
  }
}
