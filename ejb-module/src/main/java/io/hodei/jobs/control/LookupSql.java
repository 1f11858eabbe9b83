package io.hodei.jobs.control;

/** Statements that read jobs for people and programs. */
final class LookupSql {
  /** What {@link JobRows} reads, of jobs {@code j}. */
  private static final String COLUMNS =
      """
      select j.id, j.tenant_id, j.name, j.state, j.level, j.labels, j.epoch, j.failures, j.losses, j.version,
             j.available_at, j.created_at, j.queued_at, j.started_at, j.completed_at, j.cancel_requested_at,
             j.agent_id, j.exit_code, j.signal, j.reason, j.result, j.retry_of, j.replayed_as, j.run_id, j.step, j.spec_id,
             d.pool, d.labels as requires, s.document, a.name as agent_name
      """;

  private static final String JOINS =
      """
        join demands d on d.id = j.demand_id
        join job_specs s on s.id = j.spec_id
        left join agents a on a.id = j.agent_id
      """;

  /** In: tenant, ids. */
  static final String JOBS_BY_ID =
      COLUMNS
          + "  from jobs j\n"
          + JOINS
          + """
           where j.tenant_id = :tenant
             and j.id = any(cast(:ids as bigint[]))
           order by j.id desc
          """;

  /** In: tenant, id. Out: attempts that ended, and the one under way. */
  static final String ATTEMPTS =
      """
      select t.job_id, t.epoch, t.state, t.agent_id, a.name as agent_name, t.leased_at, t.started_at, t.finished_at,
             t.exit_code, t.signal, t.reason, t.cpu_micros, t.peak_memory_bytes, t.tree_ended, e.execution_name
        from attempts t
        left join external_executions e on e.job_id = t.job_id and e.epoch = t.epoch
        left join agents a on a.id = t.agent_id
       where t.tenant_id = :tenant
         and t.job_id = :id
      union all
      select j.id, j.epoch, j.state, j.agent_id, a.name, j.leased_at, j.started_at, null,
             null, null, null, null, null, false, e.execution_name
        from jobs j
        left join external_executions e on e.job_id = j.id and e.epoch = j.epoch
        left join agents a on a.id = j.agent_id
       where j.tenant_id = :tenant
         and j.id = :id
         and j.session_id is not null
       order by 2
      """;

  private LookupSql() {}

  /**
   * A page of jobs, newest first. In: what the condition needs, limit, before unless it is the
   * first page. The page is cut from the index before anything is joined: PostgreSQL knows nothing
   * of tables as small as demands and specs often are, guesses that few jobs have one, and would
   * rather join and sort all jobs of the tenant than read a page in order.
   */
  static String page(FilterSql condition, boolean first) {
    return COLUMNS
        + "  from (select j.*\n          from jobs j\n         where "
        + condition.condition()
        + (first ? "" : "and j.id < :before\n")
        + "order by j.id desc\nlimit :limit) j\n"
        + JOINS
        + " order by j.id desc";
  }
}
