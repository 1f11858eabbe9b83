package io.hodei.external.control;

import io.hodei.jobs.entity.JobDeleted;
import io.hodei.platform.TenantDatabase;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Removes the executions of a job with the job, in the same transaction. */
@Dependent
public class ExecutionDeletion {
  private final TenantDatabase tenants;

  @Inject
  public ExecutionDeletion(TenantDatabase tenants) {
    this.tenants = tenants;
  }

  void delete(@Observes JobDeleted deleted) {
    tenants
        .in(deleted.tenantId())
        .sql(ExternalSql.DELETE)
        .set("tenant", deleted.tenantId())
        .set("job", deleted.jobId())
        .update();
  }
}
