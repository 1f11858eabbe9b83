package io.hodei.security.control;

import io.hodei.platform.Database;
import io.hodei.platform.EngineDatabase;
import io.hodei.platform.Row;
import io.hodei.security.Caller;
import io.hodei.security.Permission;
import io.hodei.security.Role;
import io.hodei.security.entity.NewToken;
import io.hodei.security.entity.Tenant;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Tenants, and tokens before it is known which tenant they belong to: as the engine sees them. */
@Dependent
public class SecurityRepository {
  private final EngineDatabase database;

  @Inject
  public SecurityRepository(EngineDatabase database) {
    this.database = database;
  }

  /** Whom a token belongs to, when it can be used now. */
  public Optional<Caller> callerOf(byte[] secretSha256) {
    return database
        .sql(SecuritySql.VERIFY)
        .set("secret", secretSha256)
        .first(SecurityRepository::caller);
  }

  /** Waits until no other node makes the first tenant. */
  public void lockFirstStart() {
    database.sql(SecuritySql.LOCK_FIRST_START).execute();
  }

  public boolean hasTokens() {
    return database.sql(SecuritySql.ANY_TOKEN).exists();
  }

  public OptionalLong tenantNamed(String name) {
    List<Long> ids =
        database.sql(SecuritySql.TENANT_BY_NAME).set("name", name).list(row -> row.number("id"));
    return ids.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ids.getFirst());
  }

  public Tenant insertTenant(long id, String name) {
    return database
        .sql(SecuritySql.INSERT_TENANT)
        .set("id", id)
        .set("name", name)
        .one(SecurityRepository::tenant);
  }

  public Optional<Tenant> tenant(long id) {
    return database.sql(SecuritySql.TENANT).set("id", id).first(SecurityRepository::tenant);
  }

  /** The newest first, those before an id (0: from the start). */
  public List<Tenant> tenants(long beforeId, int limit) {
    return database
        .sql(SecuritySql.TENANTS)
        .set("before", beforeId == 0 ? Long.MAX_VALUE : beforeId)
        .set("limit", limit)
        .list(SecurityRepository::tenant);
  }

  public Optional<Tenant> setDisabled(long id, boolean disabled) {
    return database
        .sql(SecuritySql.SET_DISABLED)
        .set("id", id)
        .set("disabled", disabled)
        .first(SecurityRepository::tenant);
  }

  public void insertToken(NewToken token) {
    database
        .sql(SecuritySql.INSERT_TOKEN)
        .set("id", token.id())
        .set("tenant", token.tenantId())
        .set("name", token.name())
        .set("role", token.role().name())
        .set("installation", token.installation())
        .set("secret", TokenSecret.sha256(token.secret()))
        .set("prefix", TokenSecret.shown(token.secret()))
        .update();
  }

  /** Writes an event in this transaction. */
  public void event(long tenantId, String topic, String items) {
    event(database, tenantId, topic, items);
  }

  /** Writes an event in this transaction, on the data source that it uses. */
  public static void event(Database database, long tenantId, String topic, String items) {
    database
        .sql(SecuritySql.EVENT)
        .set("tenant", tenantId)
        .set("topic", topic)
        .set("items", items)
        .update();
  }

  /** The engine's database, for other statements of the same transaction. */
  public Database database() {
    return database;
  }

  private static Tenant tenant(Row row) throws SQLException {
    return new Tenant(
        row.number("id"),
        row.text("name"),
        row.instant("created_at"),
        row.instantOrNull("disabled_at"));
  }

  static Caller caller(Row row) throws SQLException {
    Role role = Role.valueOf(row.text("role"));
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    permissions.addAll(role.permissions());
    if (row.flag("installation")) {
      permissions.add(Permission.INSTALLATION_MANAGE);
    }
    return new Caller(
        row.number("tenant_id"),
        row.text("tenant_name"),
        row.number("id"),
        row.text("name"),
        role,
        Set.copyOf(permissions));
  }
}
