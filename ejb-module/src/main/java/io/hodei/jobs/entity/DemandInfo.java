package io.hodei.jobs.entity;

import java.util.List;
import java.util.Map;

/**
 * What jobs of one queue ask of an agent.
 *
 * @param placement how its pool chooses among agents
 * @param paused whether its pool gives out no work
 */
public record DemandInfo(
    long id,
    long tenantId,
    String pool,
    String executor,
    Map<String, String> labels,
    String placement,
    boolean paused) {
  /** Whether an agent with these properties could do the work; the servers' own is for no agent. */
  public boolean fits(
      long agentTenant,
      List<String> pools,
      List<String> executors,
      Map<String, String> agentLabels) {
    return tenantId == agentTenant
        && !ExternalSpec.isExecutor(executor)
        && pools.contains(pool)
        && executors.contains(executor)
        && agentLabels.entrySet().containsAll(labels.entrySet());
  }
}
