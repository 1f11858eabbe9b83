package io.hodei.agents.entity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool with its load.
 *
 * @param queued ready jobs per lane (HIGH, NORMAL, LOW); counting stops at 100,000 each
 * @param agents live agents that subscribe to it
 */
public record PoolView(
    String name,
    PoolState state,
    Placement placement,
    @Nullable String reason,
    Map<String, Long> queued,
    long running,
    int agents) {
  /** Whether a pool gives out work. */
  public enum PoolState {
    ACTIVE,
    /** Takes jobs in, gives none out. */
    PAUSED,
    /** Takes no new jobs, gives out what it has. */
    DRAINING
  }

  /** Which of the agents that could take a job gets it. */
  public enum Placement {
    ROUND_ROBIN,
    /** The one with the most free slots in proportion. */
    LEAST_LOADED,
    /** The one with the least CPU and memory load. */
    RESOURCE_AWARE,
    /** The same agent for the same job name, as long as it has room. */
    CONSISTENT_HASH
  }
}
