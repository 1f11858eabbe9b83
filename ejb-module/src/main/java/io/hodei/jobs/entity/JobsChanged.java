package io.hodei.jobs.entity;

/**
 * Fired in the transaction that changes jobs; observers wait for its commit. Wakes relay and
 * caches.
 */
public record JobsChanged(long[] tenantIds, long[] ids) {
  /** Jobs of one tenant. */
  public static JobsChanged of(long tenantId, long... ids) {
    long[] tenants = new long[ids.length];
    java.util.Arrays.fill(tenants, tenantId);
    return new JobsChanged(tenants, ids);
  }
}
