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
  private final DataSource source;
  private final EntityManager entities;

  @Inject
  public TenantDatabase(@Requests DataSource source, EntityManager entities) {
    this.source = source;
    this.entities = entities;
  }

  /** The database of one tenant, until the transaction ends. Needs a transaction. */
  public Database in(long tenantId) {
    Database database = new Database(source);
    database
        .sql("select set_config('app.tenant', cast(:tenant as text), true)")
        .set("tenant", tenantId)
        .execute();
    return database;
  }

  /**
   * The same, for statements that start from keys, so that one plan is right for all values:
   * PostgreSQL makes it once per connection, not for each execution, which costs more than they do.
   */
  public Database byKeys(long tenantId) {
    Database database = new Database(source);
    database
        .sql(
            "select set_config('app.tenant', cast(:tenant as text), true), set_config('plan_cache_mode', 'force_generic_plan', true)")
        .set("tenant", tenantId)
        .execute();
    return database;
  }

  /** The entities of one tenant, until the transaction ends. Needs a transaction. */
  public EntityManager entitiesOf(long tenantId) {
    in(tenantId);
    return entities;
  }
}
