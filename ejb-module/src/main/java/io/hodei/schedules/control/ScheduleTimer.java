package io.hodei.schedules.control;

import io.hodei.cluster.Duties;
import io.hodei.cluster.Term;
import io.hodei.platform.Causes;
import io.hodei.platform.DomainException;
import io.hodei.platform.HodeiSettings;
import io.hodei.platform.Loop;
import io.hodei.platform.NodeStarting;
import io.hodei.platform.NodeStopping;
import io.hodei.platform.Settings;
import io.hodei.schedules.boundary.DueSchedules;
import io.hodei.schedules.boundary.ScheduleFiring;
import io.hodei.schedules.control.ScheduleRows.Found;
import io.hodei.schedules.entity.SchedulesChanged;
import jakarta.annotation.Priority;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The duty {@code schedules}: fires what is due, follows what has ended, removes what is old.
 * Sleeps until the next one is due, a second at most, so that it hears of jobs that ended and of
 * schedules that other nodes changed.
 */
@ApplicationScoped
public class ScheduleTimer {
  private static final Logger LOG = System.getLogger(ScheduleTimer.class.getName());
  private static final String DUTY = "schedules";
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(2);
  private static final Duration AFTER_TROUBLE = Duration.ofMillis(200);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  private static final int MOST = 500;
  private static final int MOST_PARTS = 40;

  private final DueSchedules due;
  private final ScheduleFiring firing;
  private final Duties duties;
  private final Settings settings;
  private final ManagedThreadFactory threads;
  private volatile Duration pause = LONGEST;
  private long followedAt;
  private long forgotAt;
  private boolean trouble;
  private @Nullable Loop loop;

  @Inject
  public ScheduleTimer(
      DueSchedules due,
      ScheduleFiring firing,
      Duties duties,
      Settings settings,
      ManagedThreadFactory threads) {
    this.due = due;
    this.firing = firing;
    this.duties = duties;
    this.settings = settings;
    this.threads = threads;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ScheduleTimer() {
    this(null, null, null, null, null);
  }

  void start(@Observes @Priority(NodeStarting.LAST) NodeStarting event) {
    followedAt = System.nanoTime() - LONGEST.toNanos();
    forgotAt = System.nanoTime() - FORGET_EVERY.toNanos();
    loop = new Loop("schedule-timer", () -> pause, threads, this::round);
  }

  void stop(@Observes @Priority(NodeStopping.DISPATCH) NodeStopping event) {
    Loop running = loop;
    if (running != null) {
      running.close();
    }
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SchedulesChanged event) {
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  private void round() {
    pause = LONGEST;
    Optional<Term> term = duties.hold(DUTY);
    if (term.isEmpty()) {
      return;
    }
    trouble = false;
    for (int part = 0; part < MOST_PARTS && fireDue(term.get()) == MOST; part++) {
      LOG.log(Level.DEBUG, "More than {0} schedules are due", MOST);
    }
    if (System.nanoTime() - followedAt >= LONGEST.toNanos() * 9 / 10) {
      followedAt = System.nanoTime();
      follow(term.get());
    }
    if (System.nanoTime() - forgotAt >= FORGET_EVERY.toNanos() && forget(term.get()) < MOST) {
      forgotAt = System.nanoTime(); // Else there are more: the next round goes on.
    }
    Duration next = due.untilNext(LONGEST);
    Duration least = trouble ? AFTER_TROUBLE : SHORTEST;
    pause = next.compareTo(least) < 0 ? least : next;
  }

  private int fireDue(Term term) {
    List<Found> found = due.due(term, MOST);
    byTenant(found).forEach(this::fire);
    return found.size();
  }

  /** A schedule that cannot be fired holds no other one up. */
  private void fire(long tenantId, long[] ids) {
    try {
      firing.fire(tenantId, ids);
    } catch (RuntimeException e) {
      if (ids.length > 1) {
        for (long id : ids) {
          fire(tenantId, new long[] {id});
        }
        return;
      }
      trouble = true;
      DomainException why = refusal(e);
      if (why == null) {
        throw e;
      }
      guarded(
          "A schedule whose job is refused",
          () -> firing.refuse(tenantId, ids[0], String.valueOf(why.getMessage())));
    }
  }

  private void follow(Term term) {
    for (Found ended : due.ended(term, MOST)) {
      guarded("The end of a job of a schedule", () -> firing.settle(ended.tenantId(), ended.id()));
    }
    for (Found backfill : due.backfills(term)) {
      guarded("A backfill", () -> firing.backfill(backfill.tenantId(), backfill.id()));
    }
  }

  /** Removes old firings; answers how many it found. */
  private int forget(Term term) {
    List<Found> old = due.old(term, settings.value(HodeiSettings.FIRINGS_RETENTION), MOST);
    byTenant(old)
        .forEach(
            (tenant, ids) ->
                guarded("The removal of old firings", () -> firing.forget(tenant, ids)));
    return old.size();
  }

  /** One that fails is tried again in the next round, and holds no other one up. */
  private static void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, what + " could not be followed now: " + Causes.sentence(e), e);
    }
  }

  private static @Nullable DomainException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DomainException domain) {
        return domain;
      }
    }
    return null;
  }

  private static Map<Long, long[]> byTenant(List<Found> found) {
    Map<Long, long[]> byTenant = new LinkedHashMap<>();
    found.stream()
        .map(Found::tenantId)
        .distinct()
        .forEach(
            tenant ->
                byTenant.put(
                    tenant,
                    found.stream()
                        .filter(one -> one.tenantId() == tenant)
                        .mapToLong(Found::id)
                        .toArray()));
    return byTenant;
  }
}
