package io.hodei.usage;

import io.hodei.jobs.entity.JobDeleted;
import io.hodei.platform.TenantDatabase;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Removes the pictures of a job with the job, in the same transaction. */
@Dependent
public class UsageDeletion {
  private final TenantDatabase tenants;

  @Inject
  public UsageDeletion(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  void delete(@Observes JobDeleted deleted) {
    tenants
        .in(deleted.tenantId())
        .sql(UsageSql.DELETE)
        .set("tenant", deleted.tenantId())
        .set("job", deleted.jobId())
        .update();
  }
}
