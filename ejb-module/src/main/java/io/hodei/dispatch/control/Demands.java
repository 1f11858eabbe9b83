package io.hodei.dispatch.control;

import io.hodei.jobs.boundary.JobClaims;
import io.hodei.jobs.entity.DemandInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/**
 * The demands that the agents of this node could meet. A copy that decides nothing: the claim
 * checks again.
 */
@ApplicationScoped
public class Demands {
  private final JobClaims claims;
  private final Seats seats;
  private volatile Map<Long, DemandInfo> known = Map.of();

  @Inject
  public Demands(JobClaims claims, Seats seats) {
    this.claims = claims;
    this.seats = seats;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Demands() {
    this(null, null);
  }

  /** Reads them again. */
  void refresh() {
    long[] tenants = seats.all().stream().mapToLong(Seat::tenantId).distinct().toArray();
    if (tenants.length == 0) {
      known = Map.of();
      return;
    }
    Map<Long, DemandInfo> demands = new HashMap<>();
    claims.demands(tenants).forEach(demand -> demands.put(demand.id(), demand));
    known = demands;
  }

  Map<Long, DemandInfo> all() {
    return known;
  }
}
