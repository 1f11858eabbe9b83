package io.hodei.jobs.entity;

/**
 * Fired in the transaction that changes jobs; observers wait for its commit. Wakes the relay and
 * drops copies.
 *
 * @param settled whether ended jobs are among them, which also have copies in the grid
 */
public record JobsChanged(boolean settled, long... ids) {
  /** Jobs that went on. */
  public static JobsChanged moved(long... ids) {
    return new JobsChanged(false, ids);
  }

  /** Jobs among which are ended ones. */
  public static JobsChanged settled(long... ids) {
    return new JobsChanged(true, ids);
  }
}
