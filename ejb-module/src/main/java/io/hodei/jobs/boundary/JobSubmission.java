package io.hodei.jobs.boundary;

import io.hodei.jobs.control.NewJobRows;
import io.hodei.jobs.control.SharedContent;
import io.hodei.jobs.control.SubmitSql;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobsChanged;
import io.hodei.jobs.entity.JobsReady;
import io.hodei.jobs.entity.NewJob;
import io.hodei.jobs.entity.NewTask;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** Takes jobs in. What it returns is durable when its transaction has committed. */
@Stateless
public class JobSubmission {
  private final TenantDatabase databases;
  private final SharedContent shared;
  private final Ids ids;
  private final Event<JobsReady> ready;
  private final Event<JobsChanged> changed;

  @Inject
  public JobSubmission(
      TenantDatabase databases,
      SharedContent shared,
      Ids ids,
      Event<JobsReady> ready,
      Event<JobsChanged> changed) {
    this.databases = databases;
    this.shared = shared;
    this.ids = ids;
    this.ready = ready;
    this.changed = changed;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobSubmission() {
    this(null, null, null, null, null);
  }

  /** Makes one job; answers its id. */
  public long submit(Caller caller, NewJob job) {
    return submit(caller, List.of(job))[0];
  }

  /** Makes all of these jobs or none; answers their ids in the same order. */
  public long[] submit(Caller caller, List<NewJob> jobs) {
    return jobs.isEmpty() ? new long[0] : insert(caller, jobs).ids();
  }

  /** Makes all of these tasks or none; answers their ids in the same order. */
  public long[] submitTasks(Caller caller, List<NewTask> tasks) {
    return tasks.isEmpty()
        ? new long[0]
        : insert(caller, NewJobRows.ofTasks(tasks, ids.next(tasks.size()))).ids();
  }

  /** Those of the pools that take no new jobs. */
  public Set<String> draining(Caller caller, Set<String> pools) {
    return Set.copyOf(
        databases
            .in(caller.tenantId())
            .sql(SubmitSql.DRAINING)
            .set("tenant", caller.tenantId())
            .set("pools", pools.toArray(String[]::new))
            .list(row -> row.text("name")));
  }

  /** Makes all of these jobs or none; answers them as they were made, in the same order. */
  public List<Job> submitAndShow(Caller caller, List<NewJob> jobs) {
    return insert(caller, jobs).made(caller);
  }

  private NewJobRows insert(Caller caller, List<NewJob> jobs) {
    return insert(caller, NewJobRows.of(jobs, ids.next(jobs.size())));
  }

  private NewJobRows insert(Caller caller, NewJobRows rows) {
    Database database = databases.byKeys(caller.tenantId());
    rows.share(
        shared.specs(database, caller.tenantId(), rows.documents()),
        shared.demands(database, caller.tenantId(), rows.demands()));
    rows.insert(database, caller);
    var tickets = rows.tickets();
    if (!tickets.isEmpty()) {
      ready.fire(new JobsReady(tickets));
    }
    changed.fire(JobsChanged.moved());
    return rows;
  }
}
