package io.hodei.jobs.control;

import io.hodei.jobs.entity.JobFilter;
import io.hodei.jobs.entity.JobState;
import io.hodei.platform.Database;
import io.hodei.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@link JobFilter} as a condition on {@code jobs j}. The text is put together from constants;
 * what the caller wrote travels as parameters only.
 */
@SuppressWarnings("ArrayRecordComponent")
public record FilterSql(JobFilter filter, long... onlyIds) {
  /**
   * Ids are made by the nodes' clocks, creation times by the database's: they may differ by this
   * much.
   */
  private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);

  /** As an array, so that the few jobs are found by their ids. */
  private static final String EXECUTION =
      """
      and j.id = any(array(select e.job_id
                             from external_executions e
                            where e.tenant_id = :tenant
                              and e.execution_name = :executionName))
      """;

  private static final String POOL =
      """
      and j.demand_id = any(array(select of_pool.id
                                    from demands of_pool
                                   where of_pool.tenant_id = :tenant
                                     and of_pool.pool = :pool))
      """;

  private static final Set<JobState> HELD = EnumSet.of(JobState.LEASED, JobState.RUNNING);

  /** The filter without a certain job. */
  public static FilterSql of(JobFilter filter) {
    return new FilterSql(filter);
  }

  /** These jobs, as far as they are the tenant's. */
  public static FilterSql ofJobs(long... ids) {
    return new FilterSql(JobFilter.ALL, ids);
  }

  /** The condition; begins with the tenant. */
  public String condition() {
    StringBuilder sql = new StringBuilder("j.tenant_id = :tenant\n");
    if (onlyIds.length > 0) {
      sql.append("and j.id = any(cast(:onlyIds as bigint[]))\n");
    }
    if (!filter.states().isEmpty()) {
      sql.append(states());
    }
    if (filter.name() != null) {
      sql.append(
          isPrefix() ? "and j.name >= :name and j.name < :nameEnd\n" : "and j.name = :name\n");
    }
    for (int i = 0; i < filter.labels().size(); i++) {
      sql.append(
              "and exists (select from job_labels l where l.tenant_id = :tenant and l.job_id = j.id and l.key = :key")
          .append(i);
      sql.append(
          filter.labels().get(i).value() == null ? ")\n" : " and l.value = :value" + i + ")\n");
    }
    if (filter.pool() != null) {
      sql.append(POOL);
    }
    if (filter.run() != null) {
      sql.append("and j.run_id = :run\n");
    }
    if (filter.executionName() != null) {
      sql.append(EXECUTION);
    }
    if (filter.from() != null) {
      sql.append("and j.id >= :fromId and j.created_at >= :from\n");
    }
    if (filter.to() != null) {
      sql.append("and j.id < :toId and j.created_at < :to\n");
    }
    return sql.toString();
  }

  /**
   * States are written out: an index that holds only some of them serves no parameter. Held jobs
   * have an index of their own.
   */
  private String states() {
    String names =
        filter.states().stream()
            .map(state -> "'" + state.name() + "'")
            .collect(Collectors.joining(", ", "and j.state in (", ")\n"));
    return HELD.containsAll(filter.states()) ? names + "and j.session_id is not null\n" : names;
  }

  /** Sets the condition's parameters. */
  public Database.Query bind(Database.Query query, long tenantId) {
    query.set("tenant", tenantId).set("onlyIds", onlyIds);
    bindName(query);
    for (int i = 0; i < filter.labels().size(); i++) {
      query
          .set("key" + i, filter.labels().get(i).key())
          .set("value" + i, filter.labels().get(i).value());
    }
    query.set("pool", filter.pool()).set("run", filter.run());
    query.set("executionName", filter.executionName());
    Instant from = filter.from();
    Instant to = filter.to();
    query.set("from", from).set("fromId", from == null ? 0 : Ids.lowest(from.minus(CLOCK_SLACK)));
    return query.set("to", to).set("toId", to == null ? 0 : Ids.lowest(to.plus(CLOCK_SLACK)));
  }

  private void bindName(Database.Query query) {
    String name = filter.name();
    if (name != null && isPrefix()) {
      String prefix = name.substring(0, name.length() - 1);
      query
          .set("name", prefix)
          .set("nameEnd", prefix + Character.toString(Character.MAX_CODE_POINT));
    } else {
      query.set("name", name);
    }
  }

  private boolean isPrefix() {
    return filter.name() != null && filter.name().endsWith("*");
  }
}
