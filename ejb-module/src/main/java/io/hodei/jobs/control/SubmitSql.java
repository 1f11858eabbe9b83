package io.hodei.jobs.control;

/** Statements that make jobs. */
public final class SubmitSql {
  /**
   * In: tenant, creator, pools (all names), and per job: ids, specs, demands, levels, names, labels
   * (JSON or empty), available (micros, 0: now), waits and totals (micros, 0: none), runs (0: none)
   * and steps (empty: none). Makes nothing when one of the pools is draining. Out: one row with id
   * 0, the time, and the draining pool if there is one; then id and state of the jobs that are not
   * ready yet.
   */
  static final String INSERT_JOBS =
      """
      with draining as (
        select name
          from pools
         where tenant_id = :tenant
           and name = any(cast(:pools as text[]))
           and state = 'DRAINING'
         limit 1),
      made as (
        insert into jobs (id, tenant_id, spec_id, demand_id, state, level, name, labels, available_at, created_at, created_by, queued_at, expires_at, deadline_at, run_id, step)
        select u.id, :tenant, u.spec, u.demand,
               case when t.due > t.now then 'SCHEDULED' else 'QUEUED' end,
               u.level, u.name, cast(nullif(u.labels, '') as jsonb), t.due, t.now, :creator,
               case when t.due > t.now then null else t.now end,
               t.due + nullif(u.wait, 0) * interval '1 microsecond',
               t.now + nullif(u.total, 0) * interval '1 microsecond',
               nullif(u.run, 0), nullif(u.step, '')
          from unnest(cast(:ids as bigint[]), cast(:specs as bigint[]), cast(:demands as bigint[]), cast(:levels as int[]), cast(:names as text[]),
                      cast(:labels as text[]), cast(:available as bigint[]), cast(:waits as bigint[]), cast(:totals as bigint[]), cast(:runs as bigint[]), cast(:steps as text[]))
            as u(id, spec, demand, level, name, labels, available, wait, total, run, step)
         cross join lateral (
           select n.now, greatest(n.now, timestamptz 'epoch' + u.available * interval '1 microsecond') as due
             from (select statement_timestamp() as now) n) t
         where not exists (select from draining)
        returning id, state, name, demand_id),
      numbered as (
        select m.id, m.state, m.name, d.pool, (row_number() over (order by m.id) - 1) / 500 as part
          from made m
          join demands d on d.id = m.demand_id),
      noted as (
        insert into outbox (tenant_id, topic, items)
        select :tenant, 'job.created',
               cast('[' || string_agg('{"job":' || id || ',"name":' || to_json(name) || ',"state":"' || state || '","pool":' || to_json(pool) || '}', ',' order by id) || ']' as json)
          from numbered
         group by part)
      select cast(0 as bigint) as id, 'QUEUED' as state, statement_timestamp() as at, coalesce((select name from draining), '') as draining
       union all
      select id, state, null, '' from made where state <> 'QUEUED'
      """;

  /** In: tenant, pools. Out: name of those that take no new jobs. */
  public static final String DRAINING =
      """
      select name
        from pools
       where tenant_id = :tenant
         and name = any(cast(:pools as text[]))
         and state = 'DRAINING'
      """;

  /** In: tenant, jobs, keys, values. */
  static final String INSERT_LABELS =
      """
      insert into job_labels (tenant_id, job_id, key, value)
      select :tenant, job, key, value
        from unnest(cast(:jobs as bigint[]), cast(:keys as text[]), cast(:values as text[])) as l(job, key, value)
      """;

  private SubmitSql() {}
}
