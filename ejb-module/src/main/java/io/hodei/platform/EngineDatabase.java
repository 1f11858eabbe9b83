package io.hodei.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * The database as dispatch, relay and duties see it: role {@code hodei.db.engine.user}, all
 * tenants. Never used with input of a request other than ids that are checked in the same
 * statement. One transaction uses either this or {@link TenantDatabase}, never both.
 */
@Dependent
public class EngineDatabase extends Database {
  @Inject
  public EngineDatabase(@Engine DataSource source) {
    super(source);
  }
}
