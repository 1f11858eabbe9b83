package io.hodei.jobs.boundary;

import io.hodei.jobs.control.Explanation;
import io.hodei.jobs.entity.Waiting;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Says why a job waits: all reasons, and its place in the queue. */
@Stateless
public class JobExplain {
  private final TenantDatabase databases;
  private final Explanation explanation;

  @Inject
  public JobExplain(TenantDatabase databases, Explanation explanation) {
    this.databases = databases;
    this.explanation = explanation;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobExplain() {
    this(null, null);
  }

  /** The reasons, made of the same rules as the claim. */
  public Waiting explain(Caller caller, long id) {
    return explanation.of(databases.in(caller.tenantId()), caller.tenantId(), id);
  }
}
