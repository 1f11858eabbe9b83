package io.hodei.runs.control;

import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.runs.boundary.RunErrands;
import io.hodei.runs.boundary.RunWork;
import io.hodei.runs.entity.RunsTouched;
import io.hodei.runs.entity.RunsTouched.Errand;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Does what is to be done for runs: at once what this node's transactions told, and within a second
 * what other nodes left behind. There is no leader; what two nodes find, one of them does.
 */
@ApplicationScoped
public class RunLanes {
  private static final int LANES = 2;
  private static final int MOST_WAITING = 100_000;
  private static final int MOST_FOUND = 500;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final RunErrands errands;
  private final RunWork work;
  private final ManagedThreadFactory threads;
  private final ConcurrentLinkedQueue<Errand> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Errand> known = ConcurrentHashMap.newKeySet();
  private volatile List<Loop> loops = List.of();

  @Inject
  public RunLanes(RunErrands errands, RunWork work, ManagedThreadFactory threads) {
    this.errands = errands;
    this.work = work;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RunLanes() {
    this(null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.DISPATCH + 10) NodeStarting event) {
    List<Loop> started = new ArrayList<>();
    for (int lane = 1; lane <= LANES; lane++) {
      started.add(new Loop("run-lane-" + lane, Duration.ofSeconds(5), threads, this::drain));
    }
    started.add(new Loop("run-repair", EVERY, threads, this::repair));
    loops = List.copyOf(started);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH - 10) NodeStopping event) {
    loops.forEach(Loop::close);
  }

  void touched(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunsTouched event) {
    add(event.errands());
  }

  private void repair() {
    add(errands.find(MOST_FOUND));
  }

  private void add(List<Errand> news) {
    for (Errand errand : news) {
      if (known.size() < MOST_WAITING && known.add(errand)) {
        waiting.add(errand);
      }
    }
    if (!news.isEmpty()) {
      loops.stream().limit(LANES).forEach(Loop::wake);
    }
  }

  /** One errand that fails does not keep the others from being done; the loop counts it. */
  private void drain() {
    RuntimeException failure = null;
    for (Errand errand = waiting.poll(); errand != null; errand = waiting.poll()) {
      // From here on it may be told again: what happens meanwhile must not be missed.
      known.remove(errand);
      try {
        run(errand);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void run(Errand errand) {
    long tenant = errand.tenantId();
    long id = errand.id();
    switch (errand.what()) {
      case ADVANCE -> work.advance(tenant, id);
      case CANCEL_TASKS -> {
        work.cancelChildren(tenant, id);
        int asked = RunWork.MOST;
        while (asked == RunWork.MOST) {
          asked = work.cancelTasks(tenant, id);
        }
      }
      case CANCEL_ORPHANS -> {
        work.cancelOrphanedRuns(tenant, id);
        work.cancelOrphans(tenant, id);
      }
      case ADMIT -> work.admit(tenant, id);
      case TELL_PARENT -> work.tellParent(tenant, id);
      case TIME_OUT -> work.timeOut(tenant, id);
      case LISTEN -> work.listen(tenant);
      case SUPERSEDE -> work.supersede(tenant, id);
    }
  }
}
