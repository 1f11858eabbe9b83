package io.hodei.events;

import io.hodei.platform.Causes;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * A bounded lock-free queue of one kind of event, with any number of publishers and one thread that
 * hands batches to the handlers, in the order of publishing. When it is full, a publisher waits up
 * to a timeout and is then refused.
 *
 * <p>The JCTools variant without {@code sun.misc.Unsafe}, because the JDK takes that away.
 */
public final class Channel<E> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Channel.class.getName());
  private static final int BATCH = 1024;
  private static final int SPINS = 500;
  private static final long PARK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FULL_PARK_NANOS = Duration.ofNanos(20_000).toNanos();

  private final String name;
  private final long timeoutNanos;
  private final MpscAtomicArrayQueue<E> queue;
  private final List<Consumer<List<E>>> handlers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean parked = new AtomicBoolean();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Thread consumer;
  private volatile boolean closed;

  /**
   * Opens the channel and starts its thread.
   *
   * @param capacity how many events it holds, rounded up to a power of two
   * @param timeout how long a publisher waits for room
   */
  public Channel(String name, int capacity, Duration timeout, ThreadFactory threads) {
    this.name = name;
    this.timeoutNanos = timeout.toNanos();
    this.queue = new MpscAtomicArrayQueue<>(capacity);
    this.consumer = threads.newThread(this::run);
    consumer.setName("hodei-channel-" + name);
    consumer.setDaemon(true);
    consumer.start();
  }

  /**
   * Adds a handler. It runs on the channel's thread and must not block; the list it gets is valid
   * during the call only. One that throws is logged and counted, and gets the next batch.
   */
  public void handle(Consumer<List<E>> handler) {
    handlers.add(handler);
  }

  public void remove(Consumer<List<E>> handler) {
    handlers.remove(handler);
  }

  /**
   * Queues an event.
   *
   * @throws DomainException BUSY, naming the capacity, when there is no room within the timeout
   */
  public void publish(E event) {
    enqueue(event);
    wake();
  }

  /** Like {@link #publish} for an event after which {@link #wake} is called soon. */
  void enqueue(E event) {
    if (!queue.offer(event)) {
      // The consumer may sleep beside a full queue.
      wake();
      enqueueWhenThereIsRoom(event);
    }
  }

  /** Lets the consumer see what was queued: once for as many events as are queued together. */
  void wake() {
    // The queue's store is only ordered: without the fence this could look before the event is
    // seen.
    VarHandle.fullFence();
    if (parked.get() && parked.compareAndSet(true, false)) {
      LockSupport.unpark(consumer);
    }
  }

  /** What the channel has done since it was opened. */
  public ChannelCounters counters() {
    long taken = queue.currentConsumerIndex();
    return new ChannelCounters(
        name,
        queue.capacity(),
        queue.currentProducerIndex() - taken,
        taken,
        refused.sum(),
        failures.sum());
  }

  /** Delivers what is queued and ends the thread; waits for that up to 5 s. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(consumer);
    try {
      if (Thread.currentThread() != consumer && !consumer.join(Duration.ofSeconds(5))) {
        consumer.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enqueueWhenThereIsRoom(E event) {
    long deadline = System.nanoTime() + timeoutNanos;
    do {
      if (closed || System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        refused.increment();
        throw new DomainException(
            ErrorCode.BUSY,
            "The channel %s holds %d events and had no room for %d ms, because its handlers are slower than its publishers. Try again later, or raise hodei.events.channel-capacity."
                .formatted(name, queue.capacity(), timeoutNanos / 1_000_000));
      }
      LockSupport.parkNanos(this, FULL_PARK_NANOS);
    } while (!queue.offer(event));
  }

  private void run() {
    List<E> batch = new ArrayList<>(BATCH);
    List<E> view = Collections.unmodifiableList(batch);
    int idle = 0;
    while (!closed || !queue.isEmpty()) {
      if (queue.drain(batch::add, BATCH) == 0) {
        idle = rest(idle);
      } else {
        deliver(view);
        batch.clear();
        idle = 0;
      }
    }
  }

  /** Spins for some microseconds after the last event, then parks. */
  private int rest(int idle) {
    if (idle < SPINS) {
      Thread.onSpinWait();
      return idle + 1;
    }
    // Announced before the last look: a publisher that comes after the look sees it and unparks.
    parked.set(true);
    if (queue.isEmpty() && !closed) {
      LockSupport.parkNanos(this, PARK_NANOS);
    }
    parked.set(false);
    return SPINS;
  }

  private void deliver(List<E> batch) {
    for (Consumer<List<E>> handler : handlers) {
      try {
        handler.accept(batch);
      } catch (RuntimeException | Error e) {
        failures.increment();
        LOG.log(
            Level.WARNING,
            "A handler of the channel "
                + name
                + " failed; it goes on with the next events: "
                + Causes.sentence(e),
            e);
      }
    }
  }
}
