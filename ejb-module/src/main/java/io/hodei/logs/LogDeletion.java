package io.hodei.logs;

import io.hodei.jobs.entity.JobDeleted;
import io.hodei.platform.Database;
import io.hodei.platform.TenantDatabase;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Removes the output of a job with the job, in the same transaction. */
@Dependent
public class LogDeletion {
  private final TenantDatabase tenants;

  @Inject
  public LogDeletion(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  void delete(@Observes JobDeleted deleted) {
    Database database = tenants.in(deleted.tenantId());
    for (String sql : new String[] {ReadingSql.DELETE_CHUNKS, ReadingSql.DELETE_SEALS}) {
      database.sql(sql).set("tenant", deleted.tenantId()).set("job", deleted.jobId()).update();
    }
  }
}
