package io.hodei.schedules.boundary;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.TenantDatabase;
import io.hodei.schedules.control.BackfillEdits;
import io.hodei.schedules.control.BackfillRows;
import io.hodei.schedules.control.Launch;
import io.hodei.schedules.control.ScheduleEdits;
import io.hodei.schedules.entity.Backfill;
import io.hodei.schedules.entity.Schedule;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Backfills: the ticks of a past range, fired afterwards. */
@Stateless
public class BackfillControl {
  private final TenantDatabase databases;
  private final BackfillRows rows;
  private final BackfillEdits backfills;
  private final ScheduleEdits schedules;
  private final Launch launch;

  @Inject
  public BackfillControl(
      TenantDatabase databases,
      BackfillRows rows,
      BackfillEdits backfills,
      ScheduleEdits schedules,
      Launch launch) {
    this.databases = databases;
    this.rows = rows;
    this.backfills = backfills;
    this.schedules = schedules;
    this.launch = launch;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected BackfillControl() {
    this(null, null, null, null, null);
  }

  /**
   * Begins a backfill.
   *
   * @throws DomainException INVALID with all that is wrong, also when there is no tick in the range
   */
  public Backfill create(Caller caller, String schedule, Json body) {
    Database database = databases.in(caller.tenantId());
    Schedule found = schedules.find(database, caller, schedule);
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(body, "", errors);
    return backfills.create(database, caller, found, fields, errors);
  }

  public Backfill get(Caller caller, long id) {
    return one(databases.in(caller.tenantId()), caller, id);
  }

  /**
   * Newest first; one more than asked for tells that there is another page.
   *
   * @param schedule name or id; null: any
   * @param state empty: any
   */
  public List<Backfill> list(
      Caller caller, @Nullable String schedule, String state, long before, int limit) {
    Database database = databases.in(caller.tenantId());
    long scheduleId = schedule == null ? 0 : schedules.find(database, caller, schedule).id();
    return rows.list(database, caller.tenantId(), scheduleId, state, before, limit);
  }

  /** Starts no more of its jobs, and asks for the end of those that run. */
  public Backfill cancel(Caller caller, long id, @Nullable String reason) {
    Database database = databases.in(caller.tenantId());
    Backfill backfill = one(database, caller, id);
    String why = reason == null ? "cancelled by " + caller.name() : reason;
    if (rows.cancel(database, caller.tenantId(), id, why)) {
      launch.cancel(caller, rows.active(database, caller.tenantId(), id), why);
    } else if (!backfill.state().equals("CANCELLED")) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Backfill %s is %s already.".formatted(Id.format(id), backfill.state()));
    }
    return one(database, caller, id);
  }

  private Backfill one(Database database, Caller caller, long id) {
    return rows.byId(database, caller.tenantId(), id)
        .orElseThrow(() -> DomainException.notFound("backfill", Id.format(id)));
  }
}
