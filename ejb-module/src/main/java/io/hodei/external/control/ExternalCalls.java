package io.hodei.external.control;

import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Outcome;
import io.hodei.external.entity.Phase;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.platform.Causes;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Settings;
import io.hodei.profiles.Profile;
import io.hodei.profiles.Profiles;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this node: never more at the same time than the active profile says, each on a
 * thread of its own, which takes the next task when its call has ended. What came of them is
 * fetched by the loop.
 */
@ApplicationScoped
public class ExternalCalls {
  private static final Logger LOG = System.getLogger(ExternalCalls.class.getName());

  /** Who waits longer lets its task go: somebody else may have it soon. */
  private static final Duration LONGEST_WAIT = ExternalRows.LEASE.minusMinutes(11);

  /** A call that takes longer than this is shown as running. */
  private static final Duration BEGUN_AFTER = Duration.ofSeconds(1);

  private static final Duration AFTER_ERROR = Duration.ofSeconds(10);

  private final Executors executors;
  private final Profiles profiles;
  private final Settings settings;
  private final ManagedThreadFactory threads;
  private final Lane starts = new Lane();
  private final Lane looks = new Lane();
  private final ConcurrentLinkedQueue<Done> landed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unwritten = new AtomicInteger();

  /** Starts that have not been answered, to the time they were sent; 0 once they are known. */
  private final Map<AttemptKey, Sent> underWay = new ConcurrentHashMap<>();

  private Executors.@Nullable Made made;
  private @Nullable ThreadPoolExecutor pool;
  private Runnable onLanded = () -> {};

  @Inject
  public ExternalCalls(
      Executors executors, Profiles profiles, Settings settings, ManagedThreadFactory threads) {
    this.executors = executors;
    this.profiles = profiles;
    this.settings = settings;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ExternalCalls() {
    this(null, null, null, null);
  }

  private record Sent(ExternalTask task, long at) {}

  /**
   * Makes it ready.
   *
   * @param whenLanded runs on the thread of a call that has ended; only signals
   */
  void start(Runnable whenLanded) {
    onLanded = whenLanded;
    made = executors.make();
    pool =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
  }

  /** Takes no more tasks and lets calls end for a while. */
  void stop(Duration patience) {
    starts.clear();
    looks.clear();
    ThreadPoolExecutor calling = pool;
    if (calling == null) {
      return;
    }
    calling.shutdown();
    try {
      if (!calling.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.INFO, "Calls that have not ended are repeated by other nodes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (made != null) {
      made.close();
    }
  }

  void add(ExternalTask task) {
    Executors.Made executor = made;
    if (executor != null) {
      boolean starting = task.phase() == Phase.STARTING;
      (starting ? starts : looks)
          .add(task.tenantId() + "/" + executor.of(task).host(task), task, System.nanoTime());
    }
  }

  /** Sends as many as the profile allows. Any thread. */
  void send() {
    Profile profile = profiles.active();
    send(starts, profile.dispatches());
    send(looks, profile.statusChecks());
  }

  /** What came of calls since the last time; give back by {@link #again} what was not written. */
  List<Done> take() {
    List<Done> all = new ArrayList<>();
    long now = System.nanoTime();
    underWay.forEach(
        (key, sent) -> {
          if (now - sent.at > BEGUN_AFTER.toNanos() && underWay.remove(key, sent)) {
            all.add(new Done(sent.task, new Outcome.Begun()));
          }
        });
    for (Done done = landed.poll(); done != null; done = landed.poll()) {
      all.add(done);
    }
    return all;
  }

  /** These were written, and are no work of this node any more. */
  void written(int count) {
    unwritten.addAndGet(-count);
  }

  void again(List<Done> done) {
    landed.addAll(done);
  }

  /** Tasks to start that this node has, of which nothing is written yet. */
  int starts() {
    return starts.waiting() + starts.inFlight() + unwritten.get();
  }

  int looks() {
    return looks.waiting() + looks.inFlight();
  }

  /** Whether there is room for tasks to start, and soon nothing to do without more. */
  boolean wantsStarts() {
    Profile profile = profiles.active();
    return starts.waiting() < profile.dispatches() && starts() < profile.batch();
  }

  boolean wantsLooks() {
    Profile profile = profiles.active();
    return looks.waiting() < profile.statusChecks() && looks() < profile.batch();
  }

  boolean isBusy() {
    return starts.inFlight() > 0;
  }

  void tidy() {
    if (made != null) {
      made.tidy();
    }
  }

  /** How many calls of an executor that begin something are under way. */
  public int startsInFlight(String executor) {
    return starts.inFlight(executor);
  }

  /** How many other calls of an executor are under way. */
  public int looksInFlight(String executor) {
    return looks.inFlight(executor);
  }

  private void send(Lane lane, int bound) {
    ThreadPoolExecutor calling = pool;
    if (calling == null || calling.isShutdown()) {
      return;
    }
    for (var next = lane.next(bound); next.isPresent(); next = lane.next(bound)) {
      Lane.Waiting waiting = next.get();
      try {
        calling.execute(() -> call(lane, waiting));
      } catch (RejectedExecutionException e) {
        lane.landed(waiting);
        return;
      }
    }
  }

  private void call(Lane lane, Lane.Waiting waiting) {
    ExternalTask task = waiting.task();
    try {
      if (System.nanoTime() - waiting.since() < LONGEST_WAIT.toNanos()) {
        Outcome outcome = patient(task, outcome(task));
        unwritten.incrementAndGet();
        landed.add(new Done(task, outcome));
      }
    } finally {
      underWay.remove(task.attempt());
      lane.landed(waiting);
      send();
      onLanded.run();
    }
  }

  private Outcome outcome(ExternalTask task) {
    Executors.Made executor = made;
    if (executor == null || !task.held()) {
      return new Outcome.PutOff(AFTER_ERROR, "Its job has ended");
    }
    try {
      if (task.shallEnd()) {
        return executor.of(task).cancel(task);
      }
      if (task.phase() != Phase.STARTING) {
        return executor.of(task).look(task);
      }
      underWay.put(task.attempt(), new Sent(task, System.nanoTime()));
      return executor.of(task).start(task);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A call for job attempt " + task.key() + " failed in this node", e);
      return new Outcome.PutOff(
          AFTER_ERROR, "The server could not make the call: " + Causes.sentence(e));
    }
  }

  /** Nobody is waited for without end. */
  private Outcome patient(ExternalTask task, Outcome outcome) {
    Duration patience = settings.value(HodeiSettings.EXTERNAL_PATIENCE);
    return outcome instanceof Outcome.PutOff putOff
            && task.held()
            && task.putOff().compareTo(patience) >= 0
        ? Outcome.failed("%s, for %s.".formatted(putOff.why(), patience))
        : outcome;
  }
}
