package io.hodei.jobs.boundary;

import io.hodei.cluster.Term;
import io.hodei.jobs.control.EngineJobs;
import io.hodei.jobs.entity.CancelRequested;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.jobs.entity.Ticket;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What time does to jobs: they become due, expire, and run out of time. The database's clock
 * decides.
 */
@Stateless
public class JobClock {
  private final EngineJobs jobs;
  private final Event<JobsReady> ready;
  private final Event<JobsChanged> changed;
  private final Event<CancelRequested> cancelRequested;

  @Inject
  public JobClock(
      EngineJobs jobs,
      Event<JobsReady> ready,
      Event<JobsChanged> changed,
      Event<CancelRequested> cancelRequested) {
    this.jobs = jobs;
    this.ready = ready;
    this.changed = changed;
    this.cancelRequested = cancelRequested;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobClock() {
    this(null, null, null, null);
  }

  /** Makes due jobs ready; answers how many. */
  public int due(Term term, int limit) {
    Map<Long, Long> news = new HashMap<>();
    List<Ticket> tickets = jobs.due(term, limit, news);
    if (!tickets.isEmpty()) {
      ready.fire(new JobsReady(tickets));
      tell(news);
    }
    return tickets.size();
  }

  /** How long until the next job is due; empty when none waits for its time. */
  public Optional<Duration> untilDue() {
    return jobs.untilDue();
  }

  /** Ends jobs that did not start or end in time; answers how many. */
  public int enforceLimits(Term term, int limit) {
    Map<Long, Long> news = new HashMap<>();
    jobs.expire(term, limit, news);
    List<HeldAttempt> toCancel = jobs.overdue(term, limit, news);
    if (!toCancel.isEmpty()) {
      cancelRequested.fire(new CancelRequested(toCancel));
    }
    tell(news);
    return news.size();
  }

  private void tell(Map<Long, Long> news) {
    if (!news.isEmpty()) {
      changed.fire(JobsChanged.moved(news.keySet().stream().mapToLong(Long::longValue).toArray()));
    }
  }
}
