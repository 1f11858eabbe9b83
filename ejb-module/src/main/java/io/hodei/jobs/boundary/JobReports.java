package io.hodei.jobs.boundary;

import io.hodei.jobs.control.AttemptEnds;
import io.hodei.jobs.control.EngineJobs;
import io.hodei.jobs.control.EngineJobs.Moved;
import io.hodei.jobs.entity.AttemptKey;
import io.hodei.jobs.entity.EndReport;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.JobsChanged;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes in what agents report. Whatever does not carry the current epoch and session changes
 * nothing.
 */
@Stateless
public class JobReports {
  private final EngineJobs jobs;
  private final AttemptEnds ends;
  private final Event<JobsChanged> changed;

  @Inject
  public JobReports(EngineJobs jobs, AttemptEnds ends, Event<JobsChanged> changed) {
    this.jobs = jobs;
    this.ends = ends;
    this.changed = changed;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobReports() {
    this(null, null, null);
  }

  /** Marks attempts as running; answers those that are not this session's any more. */
  public Set<AttemptKey> started(long session, List<AttemptKey> reports) {
    Map<Long, Long> news = new HashMap<>();
    Set<AttemptKey> stale = new HashSet<>(reports);
    stale.removeAll(jobs.started(session, reports, news));
    if (!news.isEmpty()) {
      changed.fire(JobsChanged.moved(news.keySet().stream().mapToLong(Long::longValue).toArray()));
    }
    return stale;
  }

  /**
   * Those of the attempts that the session holds; nobody takes them away before the transaction
   * ends.
   */
  public Set<AttemptKey> lockHeld(long session, List<AttemptKey> attempts) {
    return jobs.lockHeld(session, attempts);
  }

  /** Ends attempts; answers those that are not this session's any more. */
  public Set<AttemptKey> ended(long session, List<EndReport> reports) {
    List<Moved> moved = ends.apply(session, reports);
    Set<AttemptKey> stale = new HashSet<>();
    reports.forEach(report -> stale.add(new AttemptKey(report.jobId(), report.epoch())));
    moved.forEach(job -> stale.remove(job.key()));
    return stale;
  }

  /**
   * Takes attempts back from agents that cannot end them any more; answers those that were taken.
   */
  public List<AttemptKey> lost(List<HeldAttempt> held, String reason) {
    return ends.takeBack(held, "LOST", reason);
  }

  /** Takes attempts back that the agent has not started. */
  public List<AttemptKey> returned(List<HeldAttempt> held, String reason) {
    return ends.takeBack(held, "RETURNED", reason);
  }
}
