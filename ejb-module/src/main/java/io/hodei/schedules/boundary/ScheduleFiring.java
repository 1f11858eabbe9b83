package io.hodei.schedules.boundary;

import io.hodei.platform.TenantDatabase;
import io.hodei.schedules.control.Backfilling;
import io.hodei.schedules.control.FiringRows;
import io.hodei.schedules.control.Firings;
import io.hodei.schedules.control.Settling;
import io.hodei.schedules.entity.FiredLate;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * What the holder of the duty does for a tenant; each call is one transaction, and any number of
 * nodes may make the same call at the same time.
 */
@Stateless
public class ScheduleFiring {
  private final TenantDatabase databases;
  private final Firings firings;
  private final FiringRows rows;
  private final Settling settling;
  private final Backfilling backfilling;
  private final Event<FiredLate> late;

  @Inject
  public ScheduleFiring(
      TenantDatabase databases,
      Firings firings,
      FiringRows rows,
      Settling settling,
      Backfilling backfilling,
      Event<FiredLate> late) {
    this.databases = databases;
    this.firings = firings;
    this.rows = rows;
    this.settling = settling;
    this.backfilling = backfilling;
    this.late = late;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ScheduleFiring() {
    this(null, null, null, null, null, null);
  }

  /** Fires those of the schedules that are due now; answers how many ticks it dealt with. */
  public int fire(long tenantId, long... ids) {
    long began = System.nanoTime();
    List<Duration> lateness = firings.fire(databases.in(tenantId), tenantId, ids, null);
    if (!lateness.isEmpty()) {
      Duration spent = Duration.ofNanos(System.nanoTime() - began);
      late.fire(new FiredLate(lateness.stream().map(spent::plus).toList()));
    }
    return lateness.size();
  }

  /** Goes on without a job, and says why there is none. */
  public void refuse(long tenantId, long id, String why) {
    firings.fire(databases.in(tenantId), tenantId, new long[] {id}, why);
  }

  /** Takes over how jobs of a schedule ended. */
  public void settle(long tenantId, long id) {
    settling.settle(databases.in(tenantId), tenantId, id);
  }

  /** Forgets what became of these ticks, as far as they are over; answers of how many. */
  public int forget(long tenantId, long... ids) {
    return rows.forget(databases.in(tenantId), tenantId, ids);
  }

  /** Moves a backfill on. */
  public void backfill(long tenantId, long id) {
    backfilling.advance(databases.in(tenantId), tenantId, id);
  }
}
