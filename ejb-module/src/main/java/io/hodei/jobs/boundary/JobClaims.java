package io.hodei.jobs.boundary;

import io.hodei.jobs.control.EngineJobs;
import io.hodei.jobs.entity.DemandInfo;
import io.hodei.jobs.entity.HeldAttempt;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.jobs.entity.LeasedJob;
import io.hodei.jobs.entity.Ticket;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** Gives jobs to sessions. A ticket only proposes; the claim checks everything. */
@Stateless
public class JobClaims {
  private final EngineJobs jobs;
  private final Event<JobsChanged> changed;

  @Inject
  public JobClaims(EngineJobs jobs, Event<JobsChanged> changed) {
    this.jobs = jobs;
    this.changed = changed;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobClaims() {
    this(null, null);
  }

  /**
   * Leases the jobs that are ready and fit; job {@code i} is proposed for session {@code i}.
   * Answers those that are the sessions' now.
   */
  public List<LeasedJob> claim(int node, long[] jobIds, long[] sessions) {
    List<LeasedJob> leased = jobs.claim(node, jobIds, sessions);
    if (!leased.isEmpty()) {
      changed.fire(JobsChanged.moved(leased.stream().mapToLong(LeasedJob::id).toArray()));
    }
    return leased;
  }

  /** Ready jobs of a demand, the most urgent first, for when tickets are missing. */
  public List<Ticket> look(long demandId, int limit) {
    return jobs.ready(demandId, limit);
  }

  /** The demands of these tenants. */
  public List<DemandInfo> demands(long[] tenants) {
    return jobs.demands(tenants);
  }

  /** What these sessions hold. */
  public List<LeasedJob> held(long... sessions) {
    return jobs.held(sessions);
  }

  /** What these sessions hold and have not started for some seconds. */
  public List<LeasedJob> notStarted(long... sessions) {
    return jobs.notStarted(sessions);
  }

  /** Which of the jobs that these sessions hold shall end. */
  public List<HeldAttempt> cancels(long... sessions) {
    return jobs.cancels(sessions);
  }
}
