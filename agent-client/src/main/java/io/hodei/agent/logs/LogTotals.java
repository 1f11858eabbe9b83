package io.hodei.agent.logs;

import java.util.concurrent.atomic.LongAdder;

/** How much output all attempts of this agent process have produced. */
public final class LogTotals {
  private final LongAdder lines = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  public long lines() {
    return lines.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  void count(byte[] data, int count) {
    int newlines = 0;
    for (int i = 0; i < count; i++) {
      if (data[i] == '\n') {
        newlines++;
      }
    }
    lines.add(newlines);
    bytes.add(count);
  }
}
