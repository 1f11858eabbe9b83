package io.hodei.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hodei.platform.Together.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

  /** A batch that holds it waits for a permit before it is carried out. */
  private static final int HELD = -1;

  private final Semaphore go = new Semaphore(0);
  private final CountDownLatch held = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.release(1000);
    threads.shutdownNow();
  }

  private Together<Integer, Integer> doubling(int lanes, int most, Duration patience) {
    return new Together<>(
        lanes,
        most,
        patience,
        calls -> {
          List<Integer> numbers = calls.stream().map(Call::request).toList();
          batches.add(numbers);
          if (numbers.contains(HELD)) {
            held.countDown();
            go.acquireUninterruptibly();
          }
          calls.forEach(call -> call.answer(call.request() * 2));
        });
  }

  private Future<Integer> start(Together<Integer, Integer> together, int number) {
    return threads.submit(() -> together.call(number));
  }

  /** Callers that wait for the lane which a held call has taken. */
  private List<Future<Integer>> waitingBehind(Together<Integer, Integer> together, int count) {
    List<Thread> callers = Collections.synchronizedList(new ArrayList<>());
    List<Future<Integer>> calls =
        IntStream.range(0, count)
            .mapToObj(
                number ->
                    threads.submit(
                        () -> {
                          callers.add(Thread.currentThread());
                          return together.call(number);
                        }))
            .toList();
    until(
        () ->
            callers.size() == count
                && List.copyOf(callers).stream()
                    .allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING));
    return calls;
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_call_that_is_alone_is_carried_out_at_once_by_its_caller() throws Exception {
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    Together<Integer, Integer> together =
        new Together<>(
            1,
            10,
            LONG,
            calls -> {
              worker.complete(Thread.currentThread());
              calls.forEach(call -> call.answer(7));
            });

    assertThat(together.call(1)).isEqualTo(7);
    assertThat(worker).isCompletedWithValue(Thread.currentThread());
  }

  @Test
  void calls_that_come_while_the_lane_works_go_together() throws Exception {
    Together<Integer, Integer> together = doubling(1, 100, LONG);
    Future<Integer> first = start(together, HELD);
    held.await();
    List<Future<Integer>> others = waitingBehind(together, 8);
    go.release();

    assertThat(first.get()).isEqualTo(-2);
    for (int i = 0; i < others.size(); i++) {
      assertThat(others.get(i).get()).isEqualTo(2 * i);
    }
    assertThat(batches).hasSize(2);
    assertThat(batches.get(1)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void no_batch_is_larger_than_the_most() throws Exception {
    Together<Integer, Integer> together = doubling(1, 3, LONG);
    Future<Integer> first = start(together, HELD);
    held.await();
    List<Future<Integer>> others = waitingBehind(together, 7);
    go.release();

    first.get();
    for (Future<Integer> other : others) {
      other.get();
    }
    assertThat(batches.stream().map(List::size)).containsExactly(1, 3, 3, 1);
  }

  @Test
  void another_lane_works_while_one_is_held() throws Exception {
    Together<Integer, Integer> together = doubling(2, 10, LONG);
    Future<Integer> first = start(together, HELD);
    held.await();

    assertThat(together.call(5)).isEqualTo(10);
    assertThat(together.call(6)).isEqualTo(12);
    go.release();
    assertThat(first.get()).isEqualTo(-2);
  }

  @Test
  void a_failure_of_the_batch_reaches_those_that_have_no_answer_yet() throws Exception {
    Together<Integer, Integer> together =
        new Together<>(
            1,
            10,
            LONG,
            calls -> {
              throw new IllegalArgumentException("broken");
            });

    assertThatThrownBy(() -> together.call(1)).hasMessage("broken");
    assertThatThrownBy(() -> together.call(2)).hasMessage("broken");
  }

  @Test
  void a_call_that_is_left_without_an_answer_fails() {
    Together<Integer, Integer> together = new Together<>(1, 10, LONG, calls -> {});

    assertThatThrownBy(() -> together.call(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_call_whose_time_is_up_is_not_carried_out_and_takes_no_lane_with_it() throws Exception {
    Together<Integer, Integer> together = doubling(1, 10, Duration.ofMillis(20));
    Future<Integer> first = start(together, HELD);
    held.await();

    assertThatThrownBy(() -> together.call(3)).isInstanceOf(TimeoutException.class);
    go.release();
    first.get();
    assertThat(together.call(4)).isEqualTo(8);
    assertThat(batches).containsExactly(List.of(HELD), List.of(4));
  }

  @Test
  void no_call_is_forgotten_that_comes_while_the_last_lane_becomes_free() throws Exception {
    Together<Integer, Integer> together =
        new Together<>(
            1, 10, Duration.ofSeconds(5), calls -> calls.forEach(call -> call.answer(1)));
    CyclicBarrier nobodyElseComes = new CyclicBarrier(2);
    List<Future<Integer>> callers =
        IntStream.range(0, 2)
            .mapToObj(
                caller ->
                    threads.submit(
                        () -> {
                          int answered = 0;
                          for (int round = 0; round < 50_000; round++) {
                            nobodyElseComes.await();
                            answered += together.call(round);
                          }
                          return answered;
                        }))
            .toList();

    for (Future<Integer> caller : callers) {
      assertThat(caller.get()).isEqualTo(50_000);
    }
  }

  @Test
  void every_call_of_many_threads_gets_its_own_answer() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    Together<Integer, Integer> together =
        new Together<>(
            2,
            5,
            LONG,
            calls -> {
              mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              calls.forEach(call -> call.answer(call.request() * 2));
              atOnce.decrementAndGet();
            });
    List<Future<Boolean>> callers =
        IntStream.range(0, 16)
            .mapToObj(
                caller ->
                    threads.submit(
                        () -> {
                          for (int i = 0; i < 20_000; i++) {
                            int number = caller * 100_000 + i;
                            if (together.call(number) != number * 2) {
                              return false;
                            }
                          }
                          return true;
                        }))
            .toList();

    for (Future<Boolean> caller : callers) {
      assertThat(caller.get()).isTrue();
    }
    assertThat(mostAtOnce).hasValueLessThanOrEqualTo(2);
  }
}
