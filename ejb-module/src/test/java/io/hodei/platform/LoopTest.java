package io.hodei.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Semaphore begun = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);
  private final List<Loop> loops = new ArrayList<>();

  @AfterEach
  void close() {
    mayEnd.release(1000);
    loops.forEach(Loop::close);
  }

  @Test
  void wake_ups_during_a_tick_share_the_next_one() throws InterruptedException {
    Loop loop = started(new Loop("test", NEVER, Thread::new, this::tick));
    assertThat(beginsWithin(Duration.ofSeconds(10))).isTrue();
    for (int i = 0; i < 100; i++) {
      loop.wake();
    }
    mayEnd.release(2);
    assertThat(beginsWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(beginsWithin(Duration.ofMillis(200))).isFalse();
  }

  @Test
  void wake_ups_within_the_gathering_time_share_a_tick() throws InterruptedException {
    Duration gathering = Duration.ofMillis(700);
    mayEnd.release(1000);
    Loop loop = started(new Loop("test", NEVER, gathering, Thread::new, this::tick));
    assertThat(beginsWithin(Duration.ofSeconds(10))).isTrue();
    long began = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      loop.wake();
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(beginsWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(System.nanoTime() - began).isGreaterThan(gathering.toNanos() / 2);
    assertThat(beginsWithin(gathering.multipliedBy(2))).isFalse();
  }

  @Test
  void a_tick_that_throws_is_counted_and_repeated() throws InterruptedException {
    long before = Loop.failuresOf("test-failing");
    Loop loop =
        started(new Loop("test-failing", Duration.ofMillis(10), Thread::new, this::failingTick));
    assertThat(begun.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.failures()).isGreaterThanOrEqualTo(before + 2);
  }

  private Loop started(Loop loop) {
    loops.add(loop);
    return loop;
  }

  private void failingTick() {
    begun.release();
    throw new IllegalStateException("as the test wants it");
  }

  private void tick() {
    begun.release();
    mayEnd.acquireUninterruptibly();
  }

  private boolean beginsWithin(Duration time) throws InterruptedException {
    return begun.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
