package io.hodei.runs.entity;

import java.util.List;

/**
 * Fired in a transaction after which something may be done for runs; observers wait for its commit.
 * A hint: what it says is also found in the tables.
 */
public record RunsTouched(List<Errand> errands) {
  /** What may be done. */
  public enum What {
    /** Begin what is ready. The id is the run's. */
    ADVANCE,
    /** Ask the jobs and runs of a run that is CANCELLING to end. */
    CANCEL_TASKS,
    /** Let queued runs begin. The id is the pipeline's. */
    ADMIT,
    /** Tell the parent of a run that it has ended. */
    TELL_PARENT,
    /** Cancel a run whose time is up. */
    TIME_OUT,
    /** Cancel a run that makes place for a newer one. */
    SUPERSEDE,
    /** Ask the jobs of steps that people ended to end. */
    CANCEL_ORPHANS,
    /** Show steps that wait for events what has happened. The id is the tenant's. */
    LISTEN
  }

  /** One of them. */
  public record Errand(What what, long tenantId, long id) {}

  public RunsTouched {
    errands = List.copyOf(errands);
  }

  public static RunsTouched one(What what, long tenantId, long id) {
    return new RunsTouched(List.of(new Errand(what, tenantId, id)));
  }
}
