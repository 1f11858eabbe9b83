package io.hodei.schedules.boundary;

import io.hodei.json.FieldErrors;
import io.hodei.json.Json;
import io.hodei.json.JsonFields;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.TenantDatabase;
import io.hodei.schedules.control.FiringRows;
import io.hodei.schedules.control.Firings;
import io.hodei.schedules.control.ScheduleEdits;
import io.hodei.schedules.control.ScheduleRows;
import io.hodei.schedules.entity.Firing;
import io.hodei.schedules.entity.Schedule;
import io.hodei.schedules.entity.ScheduleState;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Makes and changes schedules on behalf of people and programs. */
@Stateless
public class ScheduleControl {
  private final TenantDatabase databases;
  private final ScheduleRows rows;
  private final FiringRows firingRows;
  private final ScheduleEdits edits;
  private final Firings firings;

  @Inject
  public ScheduleControl(
      TenantDatabase databases,
      ScheduleRows rows,
      FiringRows firingRows,
      ScheduleEdits edits,
      Firings firings) {
    this.databases = databases;
    this.rows = rows;
    this.firingRows = firingRows;
    this.edits = edits;
    this.firings = firings;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ScheduleControl() {
    this(null, null, null, null, null);
  }

  /**
   * Makes a schedule.
   *
   * @throws DomainException INVALID with all that is wrong; CONFLICT when the name is taken
   */
  public Schedule create(Caller caller, Json body) {
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(body, "", errors);
    String name = ScheduleEdits.name(fields);
    return edits
        .insert(databases.in(caller.tenantId()), caller, name, fields, errors)
        .orElseThrow(
            () ->
                new DomainException(
                    ErrorCode.CONFLICT,
                    "There is a schedule named %s already. Change it with PUT or PATCH, or take another name."
                        .formatted(name)));
  }

  /**
   * A schedule that was put.
   *
   * @param created whether it is a new one
   */
  public record Put(Schedule schedule, boolean created) {}

  /** Makes the schedule be as described; what says the same changes nothing. */
  public Put put(Caller caller, String name, Json body, @Nullable Integer version) {
    Database database = databases.in(caller.tenantId());
    Schedule before = rows.byName(database, caller.tenantId(), name).orElse(null);
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(body, "", errors);
    ScheduleEdits.checkName(name);
    if (fields.mentions("name") && !ScheduleEdits.name(fields).equals(name)) {
      fields.refuse("name", "is not the name in the path");
    }
    if (before != null) {
      Schedule locked = edits.locked(database, before.id(), caller, version);
      return new Put(edits.replace(database, locked, fields, errors), false);
    }
    if (version != null) {
      throw DomainException.notFound("schedule", name);
    }
    return new Put(
        edits
            .insert(database, caller, name, fields, errors)
            .orElseThrow(
                () ->
                    new DomainException(
                        ErrorCode.CONFLICT,
                        "Another request made schedule %s at this moment. Try again."
                            .formatted(name))),
        true);
  }

  /** Merges a patch (RFC 7396) into what was said about a schedule. */
  public Schedule patch(Caller caller, String idOrName, Json patch, @Nullable Integer version) {
    Database database = databases.in(caller.tenantId());
    Schedule before =
        edits.locked(database, edits.find(database, caller, idOrName).id(), caller, version);
    FieldErrors errors = new FieldErrors();
    JsonFields fields = JsonFields.of(ScheduleEdits.merged(before, patch, errors), "", errors);
    return edits.replace(database, before, fields, errors);
  }

  public Schedule delete(Caller caller, String idOrName, @Nullable Integer version) {
    Database database = databases.in(caller.tenantId());
    Schedule schedule =
        edits.locked(database, edits.find(database, caller, idOrName).id(), caller, version);
    rows.delete(database, schedule);
    edits.tell(database, schedule, "schedule.deleted", null);
    return schedule;
  }

  /** Fires nothing until it is resumed. What waits is given up, what runs goes on. */
  public Schedule pause(Caller caller, String idOrName, @Nullable String reason) {
    Database database = databases.in(caller.tenantId());
    Schedule schedule =
        edits.locked(database, edits.find(database, caller, idOrName).id(), caller, null);
    if (schedule.state() == ScheduleState.ENDED) {
      throw new DomainException(
          ErrorCode.CONFLICT,
          "Schedule %s has ended; there is nothing to pause.".formatted(schedule.name()));
    }
    firingRows.skipBuffered(database, caller.tenantId(), schedule.id(), "the schedule was paused");
    return edits.paused(database, schedule, reason == null ? "paused by " + caller.name() : reason);
  }

  /** Goes on with the next tick from now; those of the pause are not made up for. */
  public Schedule resume(Caller caller, String idOrName) {
    Database database = databases.in(caller.tenantId());
    Schedule schedule =
        edits.locked(database, edits.find(database, caller, idOrName).id(), caller, null);
    return schedule.state() == ScheduleState.ACTIVE ? schedule : edits.resumed(database, schedule);
  }

  /** Makes its job now, besides its ticks and whatever runs. */
  public Firing run(Caller caller, String idOrName) {
    Database database = databases.in(caller.tenantId());
    Schedule schedule = edits.find(database, caller, idOrName);
    return firings.startNow(database, schedule, rows.now(database));
  }
}
