package io.hodei.jobs.boundary;

import io.hodei.jobs.control.JobReader;
import io.hodei.jobs.entity.Attempt;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.Page;
import io.hodei.platform.DomainException;
import io.hodei.platform.Id;
import io.hodei.platform.TenantDatabase;
import io.hodei.security.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Reads jobs of the caller's tenant. */
@Stateless
public class JobLookup {
  private final TenantDatabase databases;
  private final JobReader reader;
  private final JobCache cache;

  @Inject
  public JobLookup(TenantDatabase databases, JobReader reader, JobCache cache) {
    this.databases = databases;
    this.reader = reader;
    this.cache = cache;
  }

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected JobLookup() {
    this(null, null, null);
  }

  /**
   * One job.
   *
   * @throws DomainException NOT_FOUND
   */
  public Job get(Caller caller, long id) {
    return getAll(caller, new long[] {id}).stream()
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("job", Id.format(id)));
  }

  /**
   * One job as the database has it now, never a copy: what changes are made from.
   *
   * @throws DomainException NOT_FOUND
   */
  public Job current(Caller caller, long id) {
    long tenant = caller.tenantId();
    return reader.byIds(databases.byKeys(tenant), tenant, new long[] {id}).stream()
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("job", Id.format(id)));
  }

  /**
   * Those of the jobs that exist, in the order of the ids; one statement for those without a copy.
   */
  public List<Job> getAll(Caller caller, long[] ids) {
    long tenant = caller.tenantId();
    return cache.getAll(
        tenant, ids, missing -> reader.byIds(databases.byKeys(tenant), tenant, missing));
  }

  /**
   * A page, newest first.
   *
   * @param before the id after which the page begins; 0 for the first
   */
  public Page<Job> list(Caller caller, JobFilter filter, long before, int limit) {
    return reader.list(databases.in(caller.tenantId()), caller.tenantId(), filter, before, limit);
  }

  /**
   * Every attempt of a job, the oldest first.
   *
   * @throws DomainException NOT_FOUND
   */
  public List<Attempt> attempts(Caller caller, long id) {
    get(caller, id);
    return reader.attempts(databases.in(caller.tenantId()), caller.tenantId(), id);
  }
}
