package io.hodei.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChannelTest {
  private static Channel<Integer> open(int capacity, Duration timeout) {
    return new Channel<>("test", capacity, timeout, Executors.defaultThreadFactory());
  }

  @Test
  void events_of_one_publisher_arrive_in_order_and_all_of_them() throws Exception {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    CountDownLatch arrived = new CountDownLatch(20_000);
    try (Channel<Integer> channel = open(256, Duration.ofSeconds(10))) {
      List<Integer> collected = new ArrayList<>();
      channel.handle(
          batch -> {
            collected.addAll(batch);
            batch.forEach(event -> arrived.countDown());
          });
      for (int i = 0; i < 20_000; i++) {
        channel.publish(i);
      }
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      seen.addAll(collected);
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(seen.get(i)).isEqualTo(i);
    }
  }

  @Test
  void events_of_many_publishers_all_arrive() throws Exception {
    CountDownLatch arrived = new CountDownLatch(40_000);
    try (Channel<Integer> channel = open(128, Duration.ofSeconds(10));
        var publishers = Executors.newFixedThreadPool(4)) {
      channel.handle(batch -> batch.forEach(event -> arrived.countDown()));
      for (int p = 0; p < 4; p++) {
        publishers.execute(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                channel.publish(i);
              }
            });
      }
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void events_that_wait_together_come_as_one_batch() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    try (Channel<Integer> channel = open(1024, Duration.ofSeconds(1))) {
      channel.handle(
          batch -> {
            sizes.add(batch.size());
            first.countDown();
            await(goOn);
          });
      channel.publish(0);
      assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
      for (int i = 1; i <= 100; i++) {
        channel.publish(i);
      }
      goOn.countDown();
    }
    assertThat(sizes).containsExactly(1, 100);
  }

  @Test
  void a_full_channel_refuses_after_the_timeout_and_names_its_capacity() {
    CountDownLatch goOn = new CountDownLatch(1);
    try (Channel<Integer> channel = open(16, Duration.ofMillis(20))) {
      channel.handle(batch -> await(goOn));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  channel.publish(i);
                }
              })
          .isInstanceOfSatisfying(
              DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
          .hasMessageContaining("holds 16 events");
      assertThat(channel.counters().refused()).isEqualTo(1);
      assertThat(channel.counters().capacity()).isEqualTo(16);
      goOn.countDown();
    }
  }

  @Test
  void a_full_channel_takes_the_event_when_room_comes_in_time() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(100);
    try (Channel<Integer> channel = open(16, Duration.ofSeconds(10))) {
      channel.handle(
          batch -> {
            await(goOn);
            batch.forEach(event -> arrived.countDown());
          });
      Thread publisher =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 100; i++) {
                      channel.publish(i);
                    }
                  });
      goOn.countDown();
      publisher.join();
      assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(channel.counters().refused()).isZero();
    }
  }

  @Test
  void a_handler_that_throws_is_counted_and_the_others_get_the_event() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (Channel<Integer> channel = open(16, Duration.ofSeconds(1))) {
      channel.handle(
          batch -> {
            throw new IllegalStateException("on purpose");
          });
      channel.handle(batch -> arrived.countDown());
      channel.publish(1);
      assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(channel.counters().failures()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
