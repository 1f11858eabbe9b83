package io.hodei.agent.link;

import java.util.ArrayDeque;
import java.util.Deque;

/** How much was sent and not acknowledged, of at most 8 MiB. For one thread. */
final class Window {
  static final long LIMIT_BYTES = 8 << 20;

  private final Deque<Sent> sent = new ArrayDeque<>();
  private long bytes;

  private record Sent(long number, int bytes) {}

  boolean open() {
    return bytes < LIMIT_BYTES;
  }

  void sent(long number, int size) {
    sent.addLast(new Sent(number, size));
    bytes += size;
  }

  void acknowledged(long upTo) {
    while (!sent.isEmpty() && sent.getFirst().number() <= upTo) {
      bytes -= sent.removeFirst().bytes();
    }
  }
}
