package io.hodei.external.control;

import io.hodei.cluster.Membership;
import io.hodei.external.boundary.ExternalWork;
import io.hodei.external.entity.Done;
import io.hodei.external.entity.ExternalTask;
import io.hodei.external.entity.Found;
import io.hodei.external.entity.Outcome;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.profiles.Profile;
import io.hodei.profiles.Profiles;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls of this node supplied: fetches what is ready and due with one statement, claims
 * it, and writes what came of calls, as many together as there are.
 */
@ApplicationScoped
public class ExternalLoop {
  private static final Logger LOG = System.getLogger(ExternalLoop.class.getName());
  private static final Duration BEGUN_CHECK = Duration.ofMillis(500);
  private static final Duration LAST_CALLS = Duration.ofSeconds(3);

  /** Most bytes of output in one transaction, about. */
  private static final long PORTION = 16L << 20;

  private static final int MOST_PORTION = 1_000;

  private final ExternalWork work;
  private final ExternalCalls calls;
  private final ExternalHints hints;
  private final Profiles profiles;
  private final Membership membership;
  private final ManagedThreadFactory threads;
  private final NextLooks nextLooks = new NextLooks(System.nanoTime());
  private @Nullable Loop loop;
  private boolean moreReady;
  private boolean moreDue;
  private long polledAt;

  @Inject
  public ExternalLoop(
      ExternalWork work,
      ExternalCalls calls,
      ExternalHints hints,
      Profiles profiles,
      Membership membership,
      ManagedThreadFactory threads) {
    this.work = work;
    this.calls = calls;
    this.hints = hints;
    this.profiles = profiles;
    this.membership = membership;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ExternalLoop() {
    this(null, null, null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH) NodeStarting event) {
    polledAt = System.nanoTime() - Duration.ofDays(1).toNanos();
    calls.start(this::wake);
    loop = new Loop("external", this::pause, threads, this::tick);
    hints.start(this::wake);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    if (loop != null) {
      loop.close();
    }
    calls.stop(LAST_CALLS);
    write(calls.take());
  }

  private void wake() {
    if (loop != null) {
      loop.wake();
    }
  }

  private Duration pause() {
    Duration poll = profiles.active().poll();
    Duration most = calls.isBusy() && BEGUN_CHECK.compareTo(poll) < 0 ? BEGUN_CHECK : poll;
    return nextLooks.quiet(System.nanoTime(), most);
  }

  private void tick() {
    boolean look = poll();
    if (hints.shallEnd() && !work.cancel().isEmpty()) {
      look = true;
    }
    write(calls.take());
    look |= hints.areReady();
    look |= nextLooks.passed(System.nanoTime());
    Profile profile = profiles.active();
    while (look || (moreReady && calls.wantsStarts()) || (moreDue && calls.wantsLooks())) {
      look = false;
      fetch(profile);
      calls.send();
    }
  }

  /** What nobody told this node. */
  private boolean poll() {
    long now = System.nanoTime();
    if (now - polledAt < profiles.active().poll().toNanos() - Duration.ofMillis(50).toNanos()) {
      return false;
    }
    polledAt = now;
    calls.tidy();
    int adopted = work.adopt();
    if (adopted > 0) {
      LOG.log(Level.INFO, "{0} executions of a node that is gone are taken over", adopted);
    }
    work.cancel();
    return true;
  }

  /** Fills up what this node works on, and notes whether there may be more. */
  private void fetch(Profile profile) {
    int starts = Math.max(0, profile.batch() - calls.starts());
    int looks = Math.max(0, profile.batch() - calls.looks());
    if (starts + looks == 0) {
      moreReady = true;
      moreDue = true;
      return;
    }
    Found found = work.fetch(membership.incarnation(), starts, looks);
    found.due().forEach(calls::add);
    List<ExternalTask> claimed =
        found.ready().isEmpty() ? List.of() : work.claim(membership.incarnation(), found.ready());
    claimed.forEach(calls::add);
    moreReady = starts == 0 || (!claimed.isEmpty() && found.ready().size() >= starts);
    moreDue = looks == 0 || found.due().size() >= looks;
    if (moreReady && !claimed.isEmpty()) {
      hints.tellOthers();
    }
  }

  private void write(List<Done> all) {
    Map<Long, List<Done>> bySession = new HashMap<>();
    all.forEach(
        done ->
            bySession.computeIfAbsent(done.task().sessionId(), id -> new ArrayList<>()).add(done));
    List<List<Done>> portions = new ArrayList<>();
    bySession.values().forEach(done -> split(done, portions));
    for (int i = 0; i < portions.size(); i++) {
      try {
        write(portions.get(i).getFirst().task().sessionId(), portions.get(i));
      } catch (RuntimeException e) {
        portions.subList(i, portions.size()).forEach(calls::again);
        throw e;
      }
    }
  }

  private void write(long session, List<Done> portion) {
    List<Done> again = work.write(session, portion);
    long now = System.nanoTime();
    int landed = 0;
    for (Done done : portion) {
      landed += done.outcome() instanceof Outcome.Begun ? 0 : 1;
      switch (done.outcome()) {
        case Outcome.Running running -> nextLooks.add(now, running.nextLook());
        case Outcome.PutOff putOff -> nextLooks.add(now, putOff.delay());
        default -> {}
      }
    }
    calls.written(landed - again.size());
    calls.again(again);
  }

  private static void split(List<Done> all, List<List<Done>> portions) {
    List<Done> open = new ArrayList<>();
    long bytes = 0;
    for (Done done : all) {
      long size = done.outcome() instanceof Outcome.Ended ended ? ended.output().length : 0;
      if (!open.isEmpty() && (bytes + size > PORTION || open.size() == MOST_PORTION)) {
        portions.add(open);
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(done);
      bytes += size;
    }
    portions.add(open);
  }
}
