package io.hodei.agent.spool;

import io.hodei.protocol.hwp.ClientFrame;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything the server must learn and has not acknowledged, numbered, on disk. Safe for any
 * thread.
 *
 * <p>Appended frames are written to the operating system (they survive kill -9) but not forced to
 * the platter: after a power loss the attempts are gone anyway, and a shortened spool is noticed by
 * {@link #acknowledge}. Log chunks stay until their attempt is closed, as the server may ask for
 * all of them again; only when the limit is reached, chunks that were acknowledged go, oldest
 * first.
 */
public final class Spool implements Closeable {
  private static final System.Logger LOG = System.getLogger(Spool.class.getName());
  private static final long RETRY_MILLIS = 250;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition space = lock.newCondition();
  private final Journal journal;
  private final HostLife hostLife;
  private final long limitBytes;
  private final List<RecoveredAttempt> recovered;
  private final Map<AttemptId, Long> open = new HashMap<>();
  private final Deque<NumberedAttempt> finished = new ArrayDeque<>();
  private volatile Runnable appended = () -> {};
  private Session session;
  private long acked;
  private long lastNumber;
  private boolean failing;
  private boolean closed;

  private record NumberedAttempt(long number, AttemptId id) {}

  /**
   * Opens or creates the spool and reads what an earlier agent left in it.
   *
   * @param limitBytes most bytes before {@link #awaitRoom} makes its callers wait
   */
  public Spool(Path directory, long limitBytes) throws IOException {
    this.limitBytes = limitBytes;
    this.journal = new Journal(directory, Math.clamp(limitBytes / 32, 64 << 10, 8 << 20));
    this.hostLife = new HostLife(directory);
    Recovery recovery = read();
    session = recovery.session;
    acked = recovery.acked;
    lastNumber = recovery.lastNumber;
    recovered = List.copyOf(recovery.open.values());
    recovered.forEach(attempt -> open.put(attempt.id(), attempt.finishedNumber()));
    recovered.stream()
        .filter(attempt -> attempt.finishedNumber() != 0)
        .map(attempt -> new NumberedAttempt(attempt.finishedNumber(), attempt.id()))
        .sorted(Comparator.comparingLong(NumberedAttempt::number))
        .forEach(finished::addLast);
    journal.roll(this::checkpoint);
    journal.flush();
    lock.lock();
    try {
      sweep();
    } finally {
      lock.unlock();
    }
  }

  /** Attempts of an earlier agent process that the server still has to hear about. */
  public List<RecoveredAttempt> recovered() {
    return recovered;
  }

  /** Called after each append, by the appending thread. */
  public void onAppend(Runnable listener) {
    appended = listener;
  }

  public Session session() {
    return locked(() -> session);
  }

  public long acked() {
    return locked(() -> acked);
  }

  public long bytes() {
    return locked(journal::bytes);
  }

  /** Forgets everything and numbers from 1 again, for a new session. */
  public void begin(Session fresh) throws IOException {
    lock.lock();
    try {
      open.clear();
      finished.clear();
      acked = 0;
      lastNumber = 0;
      session = fresh;
      journal.deleteAll();
      journal.roll(this::checkpoint);
      journal.flush();
      journal.segments().values().forEach(Segment::forget);
      sweep();
    } finally {
      lock.unlock();
    }
  }

  /** The session as the server confirmed it (its secret may change). */
  public void confirm(Session confirmed) throws IOException {
    lock.lock();
    try {
      if (!confirmed.equals(session)) {
        session = confirmed;
        journal.roll(this::checkpoint);
        journal.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes down that an attempt was accepted; waits while the disk is full. */
  public void hold(AttemptId id) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      open.put(id, 0L);
      write(RecordType.HELD, Checkpoint.encode(id));
      flushQuietly();
    } finally {
      lock.unlock();
    }
  }

  /** The attempt is not this agent's any more; what is unsent of it may go when acknowledged. */
  public void close(AttemptId id) {
    lock.lock();
    try {
      if (open.remove(id) != null) {
        tryWrite(RecordType.CLOSED, Checkpoint.encode(id));
        release(id);
      }
      sweep();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Numbers a durable frame and appends it; waits while the disk is full.
   *
   * @param lazily may stay in memory until {@link #flush}, for frames that come by the thousand
   * @return its number
   */
  public long append(AttemptId id, ClientFrame.Builder frame, boolean lazily)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long number = lastNumber + 1;
      write(RecordType.FRAME, frame.setNumber(number).build().toByteArray());
      lastNumber = number;
      Segment segment = journal.active();
      segment.lastNumber = number;
      if (frame.hasLog() && open.containsKey(id)) {
        segment.chunksOf.add(id);
      }
      if (frame.hasFinished()) {
        open.put(id, number);
        finished.addLast(new NumberedAttempt(number, id));
      }
      if (!lazily) {
        flushQuietly();
      }
      return number;
    } finally {
      lock.unlock();
      appended.run();
    }
  }

  /** Waits until the spool is below its limit: the brake of everything that produces output. */
  public void awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean waited = false;
      while (!closed && journal.bytes() >= limitBytes && !evict()) {
        if (!waited) {
          LOG.log(
              Level.WARNING,
              "spool is full ({0} bytes): jobs wait until a node has acknowledged some",
              limitBytes);
          waited = true;
        }
        space.await();
      }
      if (waited) {
        LOG.log(Level.INFO, "spool has room again");
      }
    } finally {
      lock.unlock();
    }
  }

  public boolean hasRoom() {
    return locked(() -> journal.bytes() < limitBytes);
  }

  /** Brings everything appended to where cursors can read it. */
  public void flush() {
    lock.lock();
    try {
      flushQuietly();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The server has everything up to this number.
   *
   * @return false when it acknowledges more than this spool ever numbered, so that the two do not
   *     belong together any more
   */
  public boolean acknowledge(long upTo) {
    lock.lock();
    try {
      if (upTo > lastNumber) {
        return false;
      }
      if (upTo > acked) {
        acked = upTo;
        tryWrite(RecordType.ACKED, Checkpoint.encode(upTo));
        sweep();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Reads frames that were not acknowledged when it was made, then those appended later. */
  public SpoolCursor unacknowledged() {
    return new SpoolCursor(this, acked());
  }

  /** Reads all frames that are still on disk. */
  public SpoolCursor everything() {
    return new SpoolCursor(this, 0);
  }

  @Nullable Segment segmentFor(long after) {
    return locked(
        () -> {
          for (Segment segment : journal.segments().values()) {
            if (segment.lastNumber > after) {
              return segment;
            }
          }
          return journal.active();
        });
  }

  @Nullable Segment segmentBehind(Segment segment) {
    return locked(
        () -> {
          Map.Entry<Long, Segment> next = journal.segments().higherEntry(segment.id);
          return next == null ? null : next.getValue();
        });
  }

  boolean isActive(Segment segment) {
    return locked(() -> segment == journal.active());
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        space.signalAll();
        journal.close();
        hostLife.closed();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What an earlier agent left, or nothing when it cannot be trusted: then a new session begins.
   */
  private Recovery read() throws IOException {
    boolean interrupted = hostLife.interrupted();
    Recovery recovery = new Recovery();
    recovery.read(journal.segments().values());
    if (!interrupted && !recovery.incomplete()) {
      return recovery;
    }
    LOG.log(
        Level.ERROR,
        "the spool may lack frames ({0}): a new session begins, and the cluster gives this agent''s"
            + " attempts to others",
        interrupted ? "the host went down while it was open" : "a segment is missing or damaged");
    journal.deleteAll();
    journal.segments().values().forEach(Segment::forget);
    return new Recovery();
  }

  private byte[] checkpoint() {
    Set<AttemptId> unfinished = new LinkedHashSet<>();
    open.forEach(
        (id, number) -> {
          if (number == 0) {
            unfinished.add(id);
          }
        });
    return new Checkpoint(session, acked, lastNumber, unfinished).encode();
  }

  private void write(RecordType type, byte[] payload) throws InterruptedException {
    while (!tryWrite(type, payload)) {
      if (closed) {
        throw new InterruptedException("The spool was closed.");
      }
      boolean signalled = space.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      LOG.log(Level.TRACE, "trying to write again, signalled: {0}", signalled);
    }
  }

  private boolean tryWrite(RecordType type, byte[] payload) {
    try {
      journal.write(type, payload, this::checkpoint);
      return true;
    } catch (IOException e) {
      failed(e);
      return false;
    }
  }

  private void flushQuietly() {
    try {
      journal.flush();
      if (failing) {
        failing = false;
        LOG.log(Level.INFO, "the spool can be written again");
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING,
          "the spool cannot be written ({0}): output waits; make room on its disk",
          e.getMessage());
    }
  }

  /** Deletes what nobody needs: acknowledged, and of no attempt that may be asked for again. */
  private void sweep() {
    while (!finished.isEmpty() && finished.getFirst().number() <= acked) {
      NumberedAttempt first = finished.removeFirst();
      if (open.remove(first.id(), first.number())) {
        release(first.id());
      }
    }
    for (Segment segment : new ArrayList<>(journal.segments().values())) {
      if (segment != journal.active()
          && segment.lastNumber <= acked
          && segment.chunksOf.isEmpty()) {
        delete(segment);
      }
    }
    space.signalAll();
  }

  private void release(AttemptId id) {
    for (Segment segment : journal.segments().values()) {
      segment.chunksOf.remove(id);
    }
  }

  private boolean evict() {
    for (Segment segment : journal.segments().values()) {
      if (segment != journal.active() && segment.lastNumber <= acked) {
        delete(segment);
        return true;
      }
    }
    return false;
  }

  private void delete(Segment segment) {
    try {
      journal.delete(segment);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "spool segment {0} cannot be deleted: {1}", segment.id, e.getMessage());
    }
  }

  private <T> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }
}
