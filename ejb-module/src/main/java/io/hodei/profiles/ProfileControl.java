package io.hodei.profiles;

import io.hodei.platform.DomainException;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.ErrorCode;
import io.hodei.security.Audit;
import io.hodei.security.Caller;
import io.hodei.security.InstallationAudit;
import io.hodei.security.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Changes the profile of the installation. */
@Stateless
public class ProfileControl {
  private final EngineDatabase database;
  private final InstallationAudit audit;
  private final Profiles profiles;

  @Inject
  public ProfileControl(EngineDatabase database, InstallationAudit audit, Profiles profiles) {
    this.database = database;
    this.audit = audit;
    this.profiles = profiles;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ProfileControl() {
    this(null, null, null);
  }

  /** Makes a profile the active one, on every node within seconds. The audit trail names both. */
  public Profile activate(Caller caller, String name) {
    if (!caller.may(Permission.INSTALLATION_MANAGE)) {
      throw new DomainException(
          ErrorCode.FORBIDDEN, "Only an administrator of the installation can change the profile.");
    }
    Profile wanted =
        Profile.named(name).orElseThrow(() -> DomainException.notFound("profile", name));
    String before =
        database
            .sql(ProfileSql.ACTIVE)
            .first(row -> row.text("value"))
            .orElse(Profile.DEFAULT.name());
    database.sql(ProfileSql.ACTIVATE).set("value", wanted.name()).set("by", caller.name()).update();
    audit.record(
        caller,
        new Audit.Change(
            "profile.activate",
            wanted.name(),
            "{\"before\":\"%s\",\"after\":\"%s\"}".formatted(before, wanted.name())));
    profiles.changedTo(wanted);
    return wanted;
  }
}
