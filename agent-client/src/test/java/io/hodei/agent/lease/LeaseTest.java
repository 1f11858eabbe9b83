package io.hodei.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration GOOD = Duration.ofMillis(300);

  private final Lease lease = new Lease();

  @Test
  void it_counts_from_when_the_heartbeat_was_sent_not_from_when_it_was_renewed() {
    lease.renewed(System.nanoTime() - Duration.ofMillis(250).toNanos(), GOOD);
    assertThat(lease.left()).isLessThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void an_older_heartbeat_does_not_shorten_it() {
    long now = System.nanoTime();
    lease.renewed(now, Duration.ofSeconds(10));
    lease.renewed(now - Duration.ofSeconds(9).toNanos());
    assertThat(lease.left()).isGreaterThan(Duration.ofSeconds(5));
  }

  @Test
  void there_is_none_before_the_first_renewal() {
    assertThat(lease.good()).isFalse();
  }

  @Test
  void the_fence_falls_once_each_time_it_runs_out() {
    AtomicInteger fences = new AtomicInteger();
    try (LeaseWatch watch = new LeaseWatch(lease, fences::incrementAndGet)) {
      assertThat(watch).isNotNull();
      lease.renewed(System.nanoTime(), GOOD);
      await().atMost(Duration.ofSeconds(2)).until(() -> fences.get() == 1);
      lease.renewed(System.nanoTime(), GOOD);
      await().atMost(Duration.ofSeconds(2)).until(() -> fences.get() == 2);
    }
  }

  @Test
  void that_it_ran_out_is_known_when_it_is_good_again() {
    assertThat(lease.lapses()).isZero();
    lease.renewed(System.nanoTime(), GOOD);
    assertThat(lease.lapses()).isZero();
    await().atMost(Duration.ofSeconds(2)).until(() -> lease.lapses() == 1);
    lease.renewed(System.nanoTime(), GOOD);
    assertThat(lease.good()).isTrue();
    assertThat(lease.lapses()).isEqualTo(1);
  }
}
