package io.hodei.schedules.boundary;

import io.hodei.json.JsonWriter;
import io.hodei.platform.Database;
import io.hodei.platform.DomainException;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.ErrorCode;
import io.hodei.platform.Id;
import io.hodei.platform.TenantDatabase;
import io.hodei.schedules.control.CalendarRows;
import io.hodei.schedules.control.FreezeRows;
import io.hodei.schedules.entity.Freeze;
import io.hodei.security.Audit;
import io.hodei.security.Caller;
import io.hodei.security.InstallationAudit;
import io.hodei.security.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Freezes: times in which no schedule of a tenant, or none at all, fires. */
@Stateless
public class FreezeControl {
  private final TenantDatabase databases;
  private final EngineDatabase engine;
  private final CalendarRows rows;
  private final FreezeRows freezes;
  private final InstallationAudit audit;

  @Inject
  public FreezeControl(
      TenantDatabase databases,
      EngineDatabase engine,
      CalendarRows rows,
      FreezeRows freezes,
      InstallationAudit audit) {
    this.databases = databases;
    this.engine = engine;
    this.rows = rows;
    this.freezes = freezes;
    this.audit = audit;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected FreezeControl() {
    this(null, null, null, null, null);
  }

  /** Those of the tenant and of all that hold now, the newest first. */
  public List<Freeze> active(Caller caller) {
    Database database = databases.in(caller.tenantId());
    Instant now = freezes.now(database);
    return rows.freezes(database, caller.tenantId()).stream()
        .filter(freeze -> freeze.until() == null || freeze.until().isAfter(now))
        .toList();
  }

  /** Freezes the caller's tenant from now on. */
  public Freeze freeze(Caller caller, String reason, @Nullable Instant until) {
    Database database = databases.in(caller.tenantId());
    return freezes.insert(database, caller.tenantId(), reason, caller.name(), until);
  }

  /** Freezes all tenants, and writes it down; for administrators of the installation. */
  public Freeze freezeEverything(Caller caller, String reason, @Nullable Instant until) {
    require(caller);
    Freeze freeze = freezes.insert(engine, null, reason, caller.name(), until);
    audit.record(
        caller,
        new Audit.Change(
            "freeze.create",
            Id.format(freeze.id()),
            new JsonWriter()
                .object()
                .member("everything", true)
                .member("reason", reason)
                .endObject()
                .toString()));
    return freeze;
  }

  /** Lifts a freeze of the caller's tenant; false when there is none with this id. */
  public boolean lift(Caller caller, long id) {
    return freezes.lift(databases.in(caller.tenantId()), caller.tenantId(), id);
  }

  /**
   * Lifts a freeze of everything, and writes it down.
   *
   * @throws DomainException FORBIDDEN, NOT_FOUND
   */
  public void liftEverything(Caller caller, long id) {
    require(caller);
    if (!freezes.liftAll(engine, id)) {
      throw DomainException.notFound("active freeze", Id.format(id));
    }
    audit.record(caller, new Audit.Change("freeze.lift", Id.format(id), "{\"everything\":true}"));
  }

  private static void require(Caller caller) {
    if (!caller.may(Permission.INSTALLATION_MANAGE)) {
      throw new DomainException(
          ErrorCode.FORBIDDEN,
          "Only an administrator of the installation can freeze everything, or lift that.");
    }
  }
}
