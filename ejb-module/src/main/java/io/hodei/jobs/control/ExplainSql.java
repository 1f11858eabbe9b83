package io.hodei.jobs.control;

/** Statements that say why a job waits, made of the rules of the claim. */
final class ExplainSql {
  /** In: tenant, id. Out: one column per rule of the job, and what the sentences need. */
  static final String JOB =
      "select j.id, j.state, j.level, j.demand_id, j.available_at, d.pool, d.executor, d.labels,"
          + " q.reason as pool_reason, e.waits_for, e.next_look_at, "
          + ClaimRules.columns(ClaimRules.OF_JOB)
          + """

             from jobs j
             join demands d on d.id = j.demand_id
             join pools q on q.tenant_id = d.tenant_id and q.name = d.pool
             left join external_executions e on e.job_id = j.id and e.epoch = j.epoch and e.waits_for is not null
            where j.tenant_id = :tenant
              and j.id = :id
          """;

  /**
   * In: tenant, id, limit. Out: per agent of the tenant one column per rule, its slots and what it
   * holds.
   */
  static final String AGENTS =
      "select a.name, a.slots, a.server_side, (select count(*) from jobs h where h.session_id ="
          + " s.id) as held, "
          + ClaimRules.columns(ClaimRules.OF_AGENT)
          + """

             from jobs j
             join demands d on d.id = j.demand_id
             join agents a on a.tenant_id = j.tenant_id
             left join agent_sessions s on s.id = a.session_id
            where j.tenant_id = :tenant
              and j.id = :id
            order by a.seen_at desc
            limit :limit
          """;

  /** In: tenant, limit. Out: starting, how many jobs of the tenant the servers begin now. */
  static final String STARTING =
      """
      select count(*) as starting
        from (select
                from external_executions
               where tenant_id = :tenant
                 and next_look_at is not null
                 and phase = 'STARTING'
               limit :limit) x
      """;

  /**
   * In: tenant, demand, level, id, limit. Out: ahead, how many jobs stand in front of it; counting
   * stops at the limit.
   */
  static final String POSITION =
      """
      select count(*) as ahead
        from (select
                from jobs j
               where j.tenant_id = :tenant
                 and j.demand_id = :demand
                 and j.state = 'QUEUED'
                 and (j.level > :level or (j.level = :level and j.id < :id))
               limit :limit) x
      """;

  private ExplainSql() {}
}
