package io.hodei.overview;

/** The statements of the overview, each of bounded work: from an index, with a limit. */
final class OverviewSql {
  static final String NOW = "select clock_timestamp() as now";

  /** In: tenant, most. Out: state, jobs. */
  static final String COUNTS =
      """
      select 'SCHEDULED' as state, count(*) as jobs
        from (select from jobs where tenant_id = :tenant and state = 'SCHEDULED' limit :most) x
       union all
      select 'QUEUED', count(*)
        from (select from jobs where tenant_id = :tenant and state = 'QUEUED' limit :most) x
       union all
      select 'BLOCKED', count(*)
        from (select from jobs where tenant_id = :tenant and state = 'BLOCKED' limit :most) x
       union all
      select 'LEASED', count(*)
        from (select from jobs where tenant_id = :tenant and session_id is not null and state = 'LEASED' limit :most) x
       union all
      select 'RUNNING', count(*)
        from (select from jobs where tenant_id = :tenant and session_id is not null and state = 'RUNNING' limit :most) x
      """;

  /** In: tenant, from. */
  static final String MINUTES =
      """
      select minute, submitted, started, succeeded, failed, stopped, running, queued
        from job_minutes
       where tenant_id = :tenant
         and minute >= :from
       order by minute
      """;

  /** In: tenant, from. */
  static final String START_TIMES =
      """
      select minute, pool, bucket, jobs
        from job_start_times
       where tenant_id = :tenant
         and minute >= :from
      """;

  /** In: tenant. Out: agents by state. */
  static final String AGENTS =
      """
      select a.id, a.name, a.seen_at,
             case when a.state = 'DISABLED' then 'DISABLED'
                  when s.renewed_until is null or s.renewed_until < clock_timestamp() then 'OFFLINE'
                  when a.state = 'DRAINING' then 'DRAINING'
                  else 'ONLINE' end as state
        from agents a
        left join agent_sessions s
          on s.id = a.session_id
         and s.ended_at is null
       where a.tenant_id = :tenant
       order by a.id desc
       limit :most
      """;

  /**
   * In: tenant, fromId, names, deep. Out: name, failures, id and completed_at of the newest. Of the
   * names of the newest failures, those whose newest ended jobs failed, two or more in a row; so
   * many jobs of each name are looked at.
   */
  static final String FAILING =
      """
      with recent as materialized (
        (select name, id
           from jobs
          where tenant_id = :tenant
            and state = 'FAILED'
            and id >= :fromId
          order by id desc
          limit :names)
        union all
        (select name, id
           from jobs
          where tenant_id = :tenant
            and state = 'TIMED_OUT'
            and id >= :fromId
          order by id desc
          limit :names)),
      names as (
        select name, max(id) as id from recent group by name order by 2 desc limit :names)
      select n.name, f.failures, f.id, f.completed_at
        from names n
       cross join lateral (
         select count(*) as failures, max(e.id) as id, max(e.completed_at) as completed_at
           from (select l.id, l.completed_at,
                        count(*) filter (where l.state = 'SUCCEEDED') over (order by l.id desc) as successes
                   from (select j.id, j.state, j.completed_at
                           from jobs j
                          where j.tenant_id = :tenant
                            and j.name = n.name
                          order by j.id desc
                          limit :deep) l
                  where l.state in ('SUCCEEDED', 'FAILED', 'TIMED_OUT')) e
          where e.successes = 0) f
       where f.failures >= 2
       order by f.id desc
      """;

  /**
   * In: tenant, demands. Out: per demand and lane the job that is next: pool, pool_state, id, name,
   * since, and whether an agent that is connected could execute it.
   */
  static final String HEADS =
      """
      select d.pool, q.state as pool_state, h.id, h.name, h.since,
             exists (select
                       from agents a
                       join agent_sessions s on s.id = a.session_id
                      where a.tenant_id = d.tenant_id
                        and a.state = 'ENABLED'
                        and s.ended_at is null
                        and s.renewed_until > clock_timestamp()
                        and d.pool = any(a.pools)
                        and d.executor = any(a.executors)
                        and a.labels @> d.labels) as served
        from (select * from demands where tenant_id = :tenant order by id desc limit :demands) d
        join pools q
          on q.tenant_id = d.tenant_id
         and q.name = d.pool
       cross join (values (0), (10), (20)) l(level)
       cross join lateral (
         select j.id, j.name, coalesce(j.queued_at, j.available_at) as since
           from jobs j
          where j.demand_id = d.id
            and j.state = 'QUEUED'
            and j.level between l.level and l.level + 9
          order by j.level desc, j.id
          limit 1) h
      """;

  /** In: tenant, most. */
  static final String FREEZES =
      """
      select id, reason, who, from_at
        from freezes
       where (tenant_id = :tenant or tenant_id is null)
         and from_at <= clock_timestamp()
         and (until_at is null or until_at > clock_timestamp())
       order by id desc
       limit :most
      """;

  private OverviewSql() {}
}
