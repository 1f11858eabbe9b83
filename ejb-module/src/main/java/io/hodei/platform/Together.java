package io.hodei.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls that come at the same time together. Nothing waits for company: a call that
 * finds a free lane goes alone and at once, on its caller's own thread; what arrives while all
 * lanes work goes together when the next one is free, on the thread of the one that came first.
 * There are no threads but those of the callers.
 *
 * @param <Q> what is asked for
 * @param <A> what is answered
 */
public final class Together<Q, A> {
  /** How long a call waits for its answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int LANES = 2;
  private static final int MOST_TOGETHER = 500;

  private final int mostTogether;
  private final Duration patience;
  private final Consumer<List<Call<Q, A>>> work;
  private final Semaphore lanes;
  private final ConcurrentLinkedQueue<Call<Q, A>> queue = new ConcurrentLinkedQueue<>();

  /** What became of a call. */
  private enum Stage {
    WAITING,
    /** It shall carry out what waits, itself first. */
    LEADS,
    DONE,
    GIVEN_UP
  }

  /** One call; whoever carries it out answers it or fails it. */
  public static final class Call<Q, A> {
    private final Q request;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private volatile @Nullable A answer;
    private volatile @Nullable RuntimeException failure;

    private Call(Q request) {
      this.request = request;
    }

    public Q request() {
      return request;
    }

    public void answer(A value) {
      answer = value;
      done();
    }

    public void fail(RuntimeException why) {
      failure = why;
      done();
    }

    private void done() {
      stage.set(Stage.DONE);
      LockSupport.unpark(caller);
    }

    private boolean appoint() {
      boolean appointed = stage.compareAndSet(Stage.WAITING, Stage.LEADS);
      LockSupport.unpark(caller);
      return appointed;
    }

    /** Waits until it is done, appointed or out of time; whether it was appointed. */
    private boolean awaitAppointment(Duration patience) {
      long end = System.nanoTime() + patience.toNanos();
      while (stage.get() == Stage.WAITING) {
        long left = end - System.nanoTime();
        if (left <= 0 || Thread.currentThread().isInterrupted()) {
          stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
        } else {
          LockSupport.parkNanos(this, left);
        }
      }
      return stage.get() == Stage.LEADS;
    }
  }

  /**
   * @param work answers or fails each of the calls; one that it leaves fails with what it throws
   */
  public Together(Consumer<List<Call<Q, A>>> work) {
    this(LANES, MOST_TOGETHER, PATIENCE, work);
  }

  /**
   * @param lanes how many batches may be carried out at the same time
   */
  Together(int lanes, int mostTogether, Duration patience, Consumer<List<Call<Q, A>>> work) {
    this.lanes = new Semaphore(lanes);
    this.mostTogether = mostTogether;
    this.patience = patience;
    this.work = work;
  }

  /**
   * Has the request carried out, and waits for it.
   *
   * @throws TimeoutException when the time is up; it may be carried out nevertheless
   */
  public A call(Q request) throws TimeoutException {
    Call<Q, A> mine = new Call<>(request);
    if (lanes.tryAcquire()) {
      lead(mine);
    } else {
      join(mine);
    }
    RuntimeException failure = mine.failure;
    if (failure != null) {
      throw failure;
    }
    A answer = mine.answer;
    if (answer == null) {
      throw new TimeoutException();
    }
    return answer;
  }

  private void join(Call<Q, A> mine) {
    queue.add(mine);
    if (lanes.tryAcquire()) {
      // A lane became free and nobody saw this call waiting.
      passOn();
    }
    if (mine.awaitAppointment(patience)) {
      lead(mine);
    }
  }

  /** Carries out this call and those that wait behind it, in the lane that the caller holds. */
  private void lead(Call<Q, A> first) {
    List<Call<Q, A>> batch = new ArrayList<>();
    batch.add(first);
    try {
      addWaiting(batch);
      work.accept(batch);
      failOpen(batch, () -> new IllegalStateException("A call was left without an answer"));
    } catch (RuntimeException e) {
      failOpen(batch, () -> e);
    } finally {
      passOn();
    }
  }

  private void addWaiting(List<Call<Q, A>> batch) {
    while (batch.size() < mostTogether) {
      Call<Q, A> next = queue.poll();
      if (next == null) {
        return;
      }
      if (next.stage.get() == Stage.WAITING) {
        batch.add(next);
      }
    }
  }

  private static <Q, A> void failOpen(List<Call<Q, A>> batch, Supplier<RuntimeException> why) {
    batch.stream()
        .filter(call -> call.stage.get() != Stage.DONE)
        .forEach(call -> call.fail(why.get()));
  }

  /** Gives the lane to the first that waits, or frees it. */
  private void passOn() {
    do {
      for (Call<Q, A> next = queue.poll(); next != null; next = queue.poll()) {
        if (next.appoint()) {
          return;
        }
      }
      lanes.release();
    } while (!queue.isEmpty() && lanes.tryAcquire());
  }
}
