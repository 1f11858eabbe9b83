package io.hodei.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import javax.sql.DataSource;

/**
 * The database as requests see it: role {@code hodei.db.user}, row-level security, one tenant per
 * transaction. Whoever forgets to name the tenant sees no rows.
 */
@Dependent
public class TenantDatabase {
  private static final String TENANT =
      "select set_config('app.tenant', cast(:tenant as text), true)";
  private static final String TENANT_AND_KEPT_PLANS =
      TENANT + ", set_config('plan_cache_mode', 'force_generic_plan', true)";

  private final DataSource source;
  private final EntityManager entities;

  @Inject
  public TenantDatabase(@Requests DataSource source, EntityManager entities) {
    this.source = source;
    this.entities = entities;
  }

  /** The database of one tenant, until the transaction ends. Needs a transaction. */
  public Database in(long tenantId) {
    return named(tenantId, TENANT);
  }

  /**
   * The same, for statements that start from keys, so that one plan is right for all values:
   * PostgreSQL makes it once per connection, not for each execution, which costs more than they do.
   */
  public Database byKeys(long tenantId) {
    return named(tenantId, TENANT_AND_KEPT_PLANS);
  }

  /** The entities of one tenant, until the transaction ends. Needs a transaction. */
  public EntityManager entitiesOf(long tenantId) {
    in(tenantId);
    return entities;
  }

  private Database named(long tenantId, String sql) {
    Database database = new Database(source);
    database.sql(sql).set("tenant", tenantId).execute();
    return database;
  }
}
