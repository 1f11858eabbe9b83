package io.hodei.jobs.control;

import io.hodei.jobs.entity.Attempt;
import io.hodei.jobs.entity.Job;
import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.JobQueried;
import io.hodei.jobs.entity.Page;
import io.hodei.platform.Database;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;

/** Runs the reading statements on a tenant's database. */
@Dependent
public class JobReader {
  private final JobRows rows;
  private final Event<JobQueried> queried;

  @Inject
  public JobReader(JobRows rows, Event<JobQueried> queried) {
    this.rows = rows;
    this.queried = queried;
  }

  public List<Job> byIds(Database database, long tenantId, long[] ids) {
    queried.fire(new JobQueried());
    return database
        .sql(LookupSql.JOBS_BY_ID)
        .set("tenant", tenantId)
        .set("ids", ids)
        .list(rows::job);
  }

  public Page<Job> list(
      Database database, long tenantId, JobFilter filter, long before, int limit) {
    queried.fire(new JobQueried());
    FilterSql condition = FilterSql.of(filter);
    List<Job> jobs =
        condition
            .bind(database.sql(LookupSql.page(condition, before == 0)), tenantId)
            .set("before", before)
            .set("limit", limit + 1)
            .list(rows::job);
    boolean more = jobs.size() > limit;
    List<Job> page = more ? jobs.subList(0, limit) : jobs;
    return new Page<>(List.copyOf(page), more ? page.getLast().id() : 0);
  }

  public List<Attempt> attempts(Database database, long tenantId, long id) {
    return database
        .sql(LookupSql.ATTEMPTS)
        .set("tenant", tenantId)
        .set("id", id)
        .list(JobRows::attempt);
  }
}
