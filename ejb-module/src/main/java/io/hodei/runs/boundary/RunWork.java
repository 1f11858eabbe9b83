package io.hodei.runs.boundary;

import io.hodei.jobs.boundary.JobControl;
import io.hodei.platform.Database;
import io.hodei.platform.TenantDatabase;
import io.hodei.runs.control.EventWaits;
import io.hodei.runs.control.RunAdvancing;
import io.hodei.runs.control.RunChanging;
import io.hodei.runs.control.RunRelations;
import io.hodei.security.Caller;
import io.hodei.security.Role;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/**
 * What nodes do for runs, each in a transaction of its own. All of it may be done by any node, at
 * any time, and repeated: the lock of the run and the states decide.
 */
@Stateless
public class RunWork {
  /** Most jobs that one call asks to end. */
  public static final int MOST = 1_000;

  private final TenantDatabase databases;
  private final RunAdvancing advancing;
  private final RunChanging changing;
  private final RunRelations relations;
  private final EventWaits waits;
  private final JobControl jobs;

  @Inject
  public RunWork(
      TenantDatabase databases,
      RunAdvancing advancing,
      RunChanging changing,
      RunRelations relations,
      EventWaits waits,
      JobControl jobs) {
    this.databases = databases;
    this.advancing = advancing;
    this.changing = changing;
    this.relations = relations;
    this.waits = waits;
    this.jobs = jobs;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected RunWork() {
    this(null, null, null, null, null, null);
  }

  /** Begins what is ready; answers whether there is more to begin at once. */
  public boolean advance(long tenant, long run) {
    return advancing.advance(databases.in(tenant), tenant, run);
  }

  /** Asks the jobs of a cancelled run to end; answers how many. */
  public int cancelTasks(long tenant, long run) {
    return jobs.cancel(
        system(tenant),
        relations.tasksToCancel(databases.in(tenant), tenant, run, MOST),
        "its run was cancelled");
  }

  /** Cancels the runs below a cancelled run. */
  public void cancelChildren(long tenant, long run) {
    Database database = databases.in(tenant);
    for (long child : relations.childrenToCancel(database, tenant, run)) {
      changing.cancel(database, tenant, child, "the run that called it was cancelled");
    }
  }

  /** Asks the jobs of steps to end that people ended; answers how many. */
  public int cancelOrphans(long tenant, long run) {
    return jobs.cancel(
        system(tenant),
        relations.orphanedJobs(databases.in(tenant), tenant, run, MOST),
        "its step was ended");
  }

  /** Cancels the runs below steps that people ended. */
  public void cancelOrphanedRuns(long tenant, long run) {
    Database database = databases.in(tenant);
    for (long child : relations.orphanedRuns(database, tenant, run)) {
      changing.cancel(database, tenant, child, "the step that called it was ended");
    }
  }

  /** Cancels a run that makes place for a newer one. */
  public void supersede(long tenant, long run) {
    changing.cancel(databases.in(tenant), tenant, run, "a newer run took its place");
  }

  /** Cancels a run whose time is up. */
  public void timeOut(long tenant, long run) {
    changing.cancel(databases.in(tenant), tenant, run, "It did not end within its timeout.");
  }

  /** Lets queued runs of a pipeline begin, as many as it allows. */
  public void admit(long tenant, long pipeline) {
    relations.admit(databases.in(tenant), tenant, pipeline);
  }

  /** Shows steps that wait for events what has happened in their tenant. */
  public void listen(long tenant) {
    waits.listen(databases.in(tenant), tenant);
  }

  /** Ends the step that waits for a run which has ended. */
  public void tellParent(long tenant, long run) {
    relations.tellParent(databases.in(tenant), tenant, run);
  }

  private static Caller system(long tenant) {
    return new Caller(tenant, "", 0, "hodei", Role.SUBMITTER, Role.SUBMITTER.permissions());
  }
}
